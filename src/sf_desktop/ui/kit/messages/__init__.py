"""What a screen says of itself: banners, empty and loading states."""

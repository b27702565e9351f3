"""What a family agreed to and was told: agreements to share, and the privacy notice."""

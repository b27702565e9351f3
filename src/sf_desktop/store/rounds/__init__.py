"""The vault as a round with the council sees it: what goes out, what comes in, and what then leaves the laptop."""

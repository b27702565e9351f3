"""The worker's own: today and tomorrow, where they were, what they looked at, what they write with."""

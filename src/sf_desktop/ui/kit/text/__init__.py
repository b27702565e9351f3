"""Words on a screen: labels, tags, statuses, days and times, and what differs between two texts."""

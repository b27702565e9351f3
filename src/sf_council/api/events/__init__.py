"""From an event as it was sent to what became of it: read, judged, and put under its family file's next number."""

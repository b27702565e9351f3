"""One file for each step; a step imports nothing of the project, so that it means the same for ever."""

"""The papers that can be taken of a family file, each set from what is on the screen."""

"""The parts of the window around a screen: frame, rail, top bar, foot, and the stack of screens."""

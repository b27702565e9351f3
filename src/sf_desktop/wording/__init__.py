"""What the laptop program says of its errors and of how it stands: :func:`error` makes the error of a code."""

from __future__ import annotations

from sf_desktop.wording.tables import WORDS, error, input_error

__all__ = ["WORDS", "error", "input_error"]

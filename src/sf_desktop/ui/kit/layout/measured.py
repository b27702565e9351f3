"""The page of what stands before the window: as wide as its lines are read well, with larger text a wider one."""

from __future__ import annotations

from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XL

MEASURE_CHARS = 114


class MeasuredPage(Page):
    """A page whose content is so many characters wide."""

    def __init__(self) -> None:
        super().__init__(margin=GAP_XL, chars=MEASURE_CHARS)
        self.layout_.setSpacing(GAP_M)
        self.layout_.setContentsMargins(2 * GAP_XL, 2 * GAP_XL, GAP_XL, GAP_XL)

"""The simple outline of a body, front and back, on which marks are placed, and the words for each of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

WIDTH, HEIGHT = 500, 1000  # of one figure; a mark's place is whole numbers within it
SIDES = (("front", "Front"), ("back", "Back"))
FRONT, BACK = "front", "back"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the outline: everything within ``reach`` of a line. ``left`` names it where it lies left on paper."""

    front: str
    back: str
    x1: int
    y1: int
    x2: int
    y2: int
    reach: int
    is_paired: bool = False

    def distance(self, x: float, y: float) -> float:
        """Return how far outside the part a place lies; below nought within it."""
        along_x, along_y = self.x2 - self.x1, self.y2 - self.y1
        length = along_x * along_x + along_y * along_y
        share = ((x - self.x1) * along_x + (y - self.y1) * along_y) / length if length else 0.0
        share = min(1.0, max(0.0, share))
        return hypot(x - self.x1 - share * along_x, y - self.y1 - share * along_y) - self.reach

    @property
    def is_on_the_left(self) -> bool:
        """Say whether it lies in the left half of the drawing."""
        return self.x1 + self.x2 < WIDTH


def _pair(front: str, back: str, *line: int) -> tuple[Part, Part]:
    x1, y1, x2, y2, reach = line
    return (
        Part(front, back, x1, y1, x2, y2, reach, is_paired=True),
        Part(front, back, WIDTH - x1, y1, WIDTH - x2, y2, reach, is_paired=True),
    )


PARTS: tuple[Part, ...] = (
    Part("top of the head", "top of the head", 234, 42, 266, 42, 30),
    Part("face", "back of the head", 250, 80, 250, 108, 50),
    *_pair("ear", "ear", 194, 88, 194, 98, 9),
    Part("neck", "neck", 250, 158, 250, 176, 26),
    *_pair("shoulder", "shoulder", 188, 204, 200, 204, 24),
    Part("chest", "upper back", 222, 232, 278, 232, 54),
    Part("belly", "lower back", 228, 330, 272, 330, 56),
    Part("hips and groin", "buttocks", 226, 424, 274, 424, 54),
    *_pair("upper arm", "upper arm", 166, 214, 140, 318, 24),
    *_pair("forearm", "forearm", 136, 336, 108, 444, 19),
    *_pair("hand", "hand", 102, 472, 92, 508, 19),
    *_pair("thigh", "thigh", 216, 478, 204, 640, 40),
    *_pair("knee", "back of the knee", 202, 674, 202, 682, 32),
    *_pair("lower leg", "calf", 200, 716, 194, 858, 26),
    *_pair("foot", "heel and foot", 190, 900, 176, 936, 22),
)


def part_at(x: float, y: float) -> Part:
    """Return the part at a place, or the one that lies nearest to it."""
    return min(PARTS, key=lambda part: part.distance(x, y))


def words_at(side: str, x: float, y: float) -> str:
    """Say where a place is, left and right being the child's own: ``Left forearm, front``."""
    part = part_at(x, y)
    name = part.back if side == BACK else part.front
    if part.is_paired:
        # Whoever faces us has the right hand on the left of the drawing; whoever turns away has the left hand there.
        is_left = part.is_on_the_left == (side == BACK)
        name = f"{'left' if is_left else 'right'} {name}"
    # A part that has one name in front and another behind says by it which is meant.
    which = f", {dict(SIDES).get(side, side).lower()}" if part.front == part.back else ""
    return f"{name[:1].upper()}{name[1:]}{which}"


def is_on_paper(x: int, y: int) -> bool:
    """Say whether a place lies within the drawing."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

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

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on its line that is nearest to another."""
        along_x, along_y = self.x2 - self.x1, self.y2 - self.y1
        length = along_x * along_x + along_y * along_y
        share = ((x - self.x1) * along_x + (y - self.y1) * along_y) / length if length else 0.0
        share = min(1.0, max(0.0, share))
        return self.x1 + share * along_x, self.y1 + share * along_y

    def distance(self, x: float, y: float) -> float:
        """Return how far outside the part a place lies; below nought within it."""
        middle_x, middle_y = self.nearest(x, y)
        return hypot(x - middle_x, y - middle_y) - self.reach


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


@dataclass(frozen=True, slots=True)
class Zone:
    """A place within a part that has a word of its own, from the middle of the body outwards and down the drawing.

    ``{side}`` in the words is the child's own left or right. The first zone that fits is the one.
    """

    part: str
    words: str
    least_out: int = 0
    most_out: int = WIDTH
    least_down: int = 0
    most_down: int = HEIGHT

    def holds(self, name: str, x: float, y: float) -> bool:
        """Say whether a place in the part of this name lies in it."""
        is_across = self.least_out <= abs(x - WIDTH / 2) < self.most_out
        return name == self.part and is_across and self.least_down <= y < self.most_down


ZONES: tuple[Zone, ...] = (
    Zone("face", "forehead", most_down=78),
    Zone("face", "{side} eye", least_out=8, most_out=32, most_down=96),
    Zone("face", "nose", most_out=9, most_down=116),
    Zone("face", "mouth", most_out=19, most_down=134),
    Zone("face", "chin", least_down=134),
    Zone("face", "{side} cheek"),
    Zone("back of the head", "back of the head, {side} side", least_out=20),
    Zone("neck", "{side} side of the neck", least_out=14),
    Zone("chest", "middle of the chest", most_out=14),
    Zone("chest", "{side} side of the chest"),
    Zone("upper back", "middle of the upper back", most_out=14),
    Zone("upper back", "{side} side of the upper back"),
    Zone("belly", "middle of the belly", most_out=14),
    Zone("belly", "{side} side of the belly"),
    Zone("lower back", "middle of the lower back", most_out=14),
    Zone("lower back", "{side} side of the lower back"),
    Zone("hips and groin", "groin", most_out=34),
    Zone("hips and groin", "{side} hip"),
    Zone("buttocks", "{side} buttock", least_out=10),
    Zone("upper arm", "{side} elbow", least_down=312),
    Zone("forearm", "{side} elbow", most_down=352),
    Zone("forearm", "{side} wrist", least_down=432),
    Zone("hand", "{side} fingers", least_down=496),
    Zone("lower leg", "{side} ankle", least_down=842),
    Zone("calf", "{side} ankle", least_down=842),
    Zone("foot", "{side} toes", least_down=924),
)
_ON_BOTH = ("elbow", "wrist", "fingers", "ankle", "neck")  # said of both sides of the drawing


def part_at(x: float, y: float) -> Part:
    """Return the part at a place, or the one that lies nearest to it."""
    return min(PARTS, key=lambda part: part.distance(x, y))


def on_body(x: float, y: float) -> tuple[int, int]:
    """Return the place itself where it lies on the body, and else the nearest that does: a mark is never beside it."""
    part = part_at(x, y)
    outside = part.distance(x, y)
    if outside <= 0:
        return round(x), round(y)
    middle_x, middle_y = part.nearest(x, y)
    inward = (part.reach - 1) / (outside + part.reach)
    return round(middle_x + (x - middle_x) * inward), round(middle_y + (y - middle_y) * inward)


def words_at(side: str, x: float, y: float) -> str:
    """Say where a place is, left and right being the child's own: ``Left forearm, front``."""
    part = part_at(x, y)
    name = part.back if side == BACK else part.front
    zone = next((each for each in ZONES if each.holds(name, x, y)), None)
    # Whoever faces us has the right hand on the left of the drawing; whoever turns away has the left hand there.
    own = "left" if (x < WIDTH / 2) == (side == BACK) else "right"
    told = zone.words.format(side=own) if zone is not None else f"{own} {name}" if part.is_paired else name
    # What has one name in front and another behind says by it which is meant.
    is_both = told.endswith(_ON_BOTH) if zone is not None else part.front == part.back
    which = f", {dict(SIDES).get(side, side).lower()}" if is_both else ""
    return f"{told[:1].upper()}{told[1:]}{which}"


def is_on_paper(x: int, y: int) -> bool:
    """Say whether a place lies within the drawing."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

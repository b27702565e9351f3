"""The steps that lead back: the screens one came through, each with its subject and the place on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sf_desktop.ui.kit.window.stack import GoTo

LONGEST_HISTORY = 40
KEPT_STEPS = 5  # in the vault: whoever unlocks in the middle of something goes back as before


class Step(NamedTuple):
    """A screen as it was left."""

    wish: GoTo
    place: Mapping[str, Any]

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it. It names a family."""
        return {"screen": self.wish.screen, "subject": dict(self.wish.subject), "place": dict(self.place)}


def kept(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the last few steps, as JSON can hold them."""
    return [each.plain() for each in steps[-KEPT_STEPS:]]


def read_steps(plain: Iterable[Mapping[str, Any]], has: Callable[[str], bool]) -> list[Step]:
    """Return the steps that were kept, without those to a screen that is no more."""
    return [_read(each) for each in plain if has(each["screen"])]


def _read(plain: Mapping[str, Any]) -> Step:
    return Step(GoTo(str(plain["screen"]), dict(plain["subject"])), dict(plain["place"]))

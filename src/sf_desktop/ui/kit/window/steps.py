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


def kept(steps: Sequence[Step], keeps_words: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Return the last few steps, as JSON can hold them; before them the last to each screen that keeps words so."""
    recent = steps[-KEPT_STEPS:]
    words = {name: each for name, each in last_of_each(steps, keeps_words).items() if each not in recent}
    return [each.plain() for each in (*words.values(), *recent)]


def last_of_each(steps: Iterable[Step], keeps_words: Callable[[str], bool]) -> dict[str, Step]:
    """Return the last step to each screen that keeps words, by the screen's name."""
    return {each.wish.screen: each for each in steps if keeps_words(each.wish.screen)}


def read_steps(plain: Iterable[Mapping[str, Any]], has: Callable[[str], bool]) -> list[Step]:
    """Return the steps that were kept, without those to a screen that is no more."""
    return [_read(each) for each in plain if has(each["screen"])]


def _read(plain: Mapping[str, Any]) -> Step:
    return Step(GoTo(str(plain["screen"]), dict(plain["subject"])), dict(plain["place"]))

"""Tells a part of a content that goes on from the part before, from one that somebody asks for by itself."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

_GOES_ON = timedelta(minutes=10)
_MOST = 10_000

Fetched = tuple[str, str, str]  # laptop, family file, hash of the content


class Fetches:
    """Which contents are being fetched by which laptop. Forgotten with the process: then there is a look more."""

    def __init__(self) -> None:
        self._under_way: OrderedDict[Fetched, datetime] = OrderedDict()

    def is_look(self, what: Fetched, start: int, now: datetime) -> bool:
        """Say whether this part is a look of its own: a beginning, or one with nothing under way that it belongs to."""
        before = self._under_way.pop(what, None)
        self._under_way[what] = now
        if len(self._under_way) > _MOST:
            self._under_way.popitem(last=False)
        return start == 0 or before is None or not timedelta() <= now - before < _GOES_ON

"""Keeps what is chosen beside what it was seen as, with the place: else it would undo what others decide meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sf_desktop.ops.families.allocating import Allocated

Chosen = Mapping[str, Any]
"""``lead`` and ``seconds`` as chosen, and under ``seen`` what stood then; ids of workers."""


def chosen_over(seen: Allocated, lead: str | None, seconds: Sequence[str]) -> dict[str, Any]:
    """Return what is kept: nothing where it is as it was seen, so that whoever comes back sees what stands by then."""
    if (lead or "", set(seconds)) == (seen.lead, set(seen.seconds)):
        return {}
    was = {"lead": seen.lead, "seconds": list(seen.seconds), "more_leads": list(seen.more_leads)}
    return {"lead": lead, "seconds": list(seconds), "seen": was}


def named_in(chosen: Chosen | None) -> tuple[str, ...]:
    """Return the workers whom it names, to be shown by name whether or not they may still be chosen."""
    if chosen is None:
        return ()
    was = chosen.get("seen") or {}
    every = (chosen.get("lead"), *(chosen.get("seconds") or ()), was.get("lead"), *(was.get("seconds") or ()))
    return tuple(each for each in every if each)


def as_seen(now: Allocated, chosen: Chosen | None) -> Allocated:
    """Return what stands now as it was seen when somebody chose."""
    was = (chosen or {}).get("seen")
    if not was:
        return now
    seconds, more_leads = tuple(was.get("seconds") or ()), tuple(was.get("more_leads") or ())
    return replace(now, lead=str(was.get("lead") or ""), seconds=seconds, more_leads=more_leads)

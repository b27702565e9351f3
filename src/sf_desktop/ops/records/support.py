"""Support given: begin one of one's own, and say what it all came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sf_desktop.ops.office import Office
from sf_desktop.ops.records import recording
from sf_desktop.store.tables.drafts import Draft
from sf_record.kinds.support import long_words

Body = Mapping[str, Any]


def start_support(office: Office, family_id: str) -> Draft:
    """Begin support given today by whoever writes it down, unless they say otherwise."""
    return recording.start(office, "support", family_id, {"by": office.me.worker.id})


def total_words(bodies: Iterable[Body], bands: Mapping[str, str]) -> str:
    """Say how often support was given, how long in all, and how often in each cost band; nothing where it was not."""
    given = list(bodies)
    if not given:
        return ""
    minutes = [each["minutes"] for each in given if isinstance(each.get("minutes"), int)]
    parts = ["Given once." if len(given) == 1 else f"Given {len(given):,} times."]
    if minutes:
        parts.append(f"{long_words(sum(minutes)).capitalize()} in all.")
    if without := len(given) - len(minutes):
        parts.append(f"Without a length: {without:,}.")
    counted = Counter(str(each["cost_band"]) for each in given if each.get("cost_band"))
    parts += [f"{bands.get(code, code)}: {times:,}." for code, times in sorted(counted.items())]
    return " ".join(parts)

"""One measured figure: its value, the limit measured beside it, their ratio, and whether the target is met."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What ``benchmarks/run`` prints. ``met`` is None where nothing was measured; then ``why`` says why."""

    name: str
    unit: str
    value: float | None = None
    limit: float | None = None
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    min: float | None = None
    max: float | None = None
    runs: int = 0
    why: str = ""
    note: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        kept = asdict(self)
        for name in ("why", "note"):
            if not kept[name]:
                del kept[name]
        return kept


@dataclass(frozen=True)
class Planned:
    """A figure to be measured, and what SPEED.md asks of it: its ratio to the limit, or its value, at most so much."""

    name: str
    unit: str
    target: str
    most_ratio: float | None = None
    most_value: float | None = None
    least_ratio: float | None = None

    def of(self, values: Sequence[float], limits: Sequence[float] = (), note: str = "") -> Figure:
        """Return the figure of several runs of the work and of its limit: medians, and their ratio."""
        value, limit = statistics.median(values), statistics.median(limits) if limits else None
        ratio = value / limit if limit else None
        return Figure(
            name=self.name,
            unit=self.unit,
            value=rounded(value),
            limit=rounded(limit),
            ratio=rounded(ratio),
            target=self.target,
            met=self._is_met(value, ratio) if self._has_target else None,
            min=rounded(min(values)),
            max=rounded(max(values)),
            runs=len(values),
            note=note,
        )

    def not_measured(self, why: str) -> Figure:
        """Say honestly that it could not be measured, and why."""
        return Figure(name=self.name, unit=self.unit, target=self.target, why=f"not measured: {why}")

    @property
    def _has_target(self) -> bool:
        return any(each is not None for each in (self.most_value, self.most_ratio, self.least_ratio))

    def _is_met(self, value: float, ratio: float | None) -> bool:
        if self.most_value is not None and value > self.most_value:
            return False
        if self.most_ratio is not None and (ratio is None or ratio > self.most_ratio):
            return False
        return self.least_ratio is None or (ratio is not None and ratio >= self.least_ratio)


def rounded(value: float | None) -> float | None:
    """Keep four digits that mean something."""
    return None if value is None else float(f"{value:.4g}")


def seconds(work: Callable[[], Any]) -> float:
    """Return how long something took, the rubbish of what came before swept up first."""
    gc.collect()
    return at_once(work)


def at_once(work: Callable[..., Any], *values: Any) -> float:
    """Return how long something took that takes so little that sweeping up would be most of the run."""
    started = time.perf_counter()
    work(*values)
    return time.perf_counter() - started


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value below which so many percent lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

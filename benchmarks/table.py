"""Writes the figures of a run as the table of docs/speed.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEAD = ("| figure | measured | limit | ratio | target | |", "|---|---|---|---|---|---|")


def table(printed: Mapping[str, Any]) -> str:
    """Return a Markdown table of what ``benchmarks/run`` printed."""
    return "\n".join([*_HEAD, *map(_line, printed["figures"])])


def _line(figure: Mapping[str, Any]) -> str:
    met = {True: "met", False: "**not met**", None: figure.get("why", "-")}[figure["met"]]
    value, limit = _amount(figure["value"], figure["unit"]), _amount(figure["limit"], figure["unit"])
    ratio = "" if figure["ratio"] is None else f"{figure['ratio']:.2f}"
    return f"| {figure['name']} | {value} | {limit} | {ratio} | {figure['target']} | {met} |"


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1_000:.3g} ms"
    if unit == "bytes":
        return f"{value / 1e6:.1f} MB" if value >= 1e6 else f"{value:,.0f} bytes"
    return f"{value:.3g} {unit}".replace(" x", " x")

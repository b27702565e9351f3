"""Says in which band an SDQ score lies, and whether that band has been checked against a published source."""

from __future__ import annotations

import csv
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of scores of one scale of one form. ``source`` is "" where nobody has checked it."""

    form: str
    scale: str
    label: str
    least: int
    most: int
    source: str

    @property
    def words(self) -> str:
        """Say the band, and say so where it is not verified."""
        label = self.label if self.scale == "prosocial" else self.label.partition(" (")[0]
        return label if self.source else f"{label} (band not verified)"


def read_bands(text: str) -> tuple[Band, ...]:
    """Read bands from CSV with columns ``form,scale,band,min,max,verified``."""
    return tuple(
        Band(
            row["form"],
            row["scale"],
            row["band"],
            int(row["min"]),
            int(row["max"]),
            row["verified"].removeprefix("verified ") if row["verified"].startswith("verified") else "",
        )
        for row in csv.DictReader(text.splitlines(keepends=True))
    )


def band_of(bands: tuple[Band, ...], form: str, scale: str, score: int) -> Band | None:
    """Return the band of a score; None where no band is known of this scale."""
    return next(
        (each for each in bands if (each.form, each.scale) == (form, scale) and each.least <= score <= each.most), None
    )

"""Names and sentences that occur nowhere else in the world: found outside the vault, they prove a leak."""

from __future__ import annotations

from dataclasses import dataclass

_STEMS = ("Quibblefinch", "Zanderwisp", "Orlowhistle", "Vexmoorling", "Jubilkrake", "Thrumpetwing", "Yondersnape")
_ENDS = ("thwaite", "bottom", "holme", "wick", "garth", "ness", "combe", "stead", "hurst")


@dataclass(frozen=True, slots=True)
class Canary:
    """One unmistakable name, address, number-like code and sentence; every one of them holds ``mark``."""

    mark: str
    name: str
    address: str
    sentence: str


def canaries(count: int) -> tuple[Canary, ...]:
    """Return so many canaries, each different, always the same ones."""
    return tuple(map(_canary, range(count)))


def _canary(index: int) -> Canary:
    stem, end = _STEMS[index % len(_STEMS)], _ENDS[index // len(_STEMS) % len(_ENDS)]
    turn = index // (len(_STEMS) * len(_ENDS))
    mark = f"{stem}{end}" + (f"{turn}x" if turn else "")
    return Canary(
        mark=mark,
        name=f"Pretend {mark}",
        address=f"{index + 1} {mark} Terrace, Sampleton",
        sentence=f"The {mark} kite flew over the {mark} lighthouse at teatime.",
    )

"""Judges a passphrase for whoever is choosing one: its strength in words, and every problem with it."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.store import passphrases

_LEVELS = {
    passphrases.Strength.TOO_EASY: 0,
    passphrases.Strength.FAIR: 1,
    passphrases.Strength.GOOD: 2,
    passphrases.Strength.STRONG: 3,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a passphrase."""

    words: str
    level: int
    problems: tuple[str, ...] = ()


def judged(passphrase: str, known: tuple[str, ...] = ()) -> Verdict:
    """Say what a passphrase is worth; ``known`` are words that others know. At once, in the caller's thread."""
    found = passphrases.problems(passphrase, known)
    strength = passphrases.strength(passphrase, known)
    return Verdict(strength.value, _LEVELS[strength], found)

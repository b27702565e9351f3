"""Judges a passphrase before it is taken: long enough, not on the list of easy ones, and how strong in plain words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from itertools import pairwise

from sf_desktop.paths import resources
from sf_desktop.wording import input_error
from sf_record.errors import FieldProblem

LEAST_CHARACTERS = 12
_MOST_CHARACTERS = 1024
_LEAST_DIFFERENT = 5
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_CHAIN_OF_EASY_WORDS = 3


class Strength(StrEnum):
    """How strong a passphrase is, in the words that are shown."""

    TOO_EASY = "Too easy to guess"
    FAIR = "Fair"
    GOOD = "Good"
    STRONG = "Strong"


def check_passphrase(passphrase: str, known: Collection[str] = ()) -> None:
    """Raise an InputError that says everything to mend; ``known`` are words that others know (a sign-in name)."""
    if found := problems(passphrase, known):
        raise input_error("passphrase_weak", tuple(FieldProblem("passphrase", message) for message in found))


def problems(passphrase: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return what is wrong with it, as sentences for the person who typed it; nothing when it will do."""
    text = unicodedata.normalize("NFKC", passphrase)
    found = []
    if len(text) < LEAST_CHARACTERS:
        found.append(f"Use at least {LEAST_CHARACTERS} characters: this has {len(text)}.")
    if len(text) > _MOST_CHARACTERS:
        found.append(f"Use at most {_MOST_CHARACTERS} characters.")
    if text and len(set(text.casefold())) < _LEAST_DIFFERENT:
        found.append("It repeats the same few characters. Use different ones.")
    elif text and _is_easy(text, known):
        found.append("This is one of the first that anybody would try. Use words that do not belong together.")
    return tuple(found)


def strength(passphrase: str, known: Collection[str] = ()) -> Strength:
    """Estimate the work of guessing it, from what is left when runs, repeats and easy words count for little."""
    if problems(passphrase, known):
        return Strength.TOO_EASY
    bits = _bits(unicodedata.normalize("NFKC", passphrase), known)
    if bits < 40:
        return Strength.FAIR
    return Strength.GOOD if bits < 60 else Strength.STRONG


def _is_easy(text: str, known: Collection[str]) -> bool:
    easy = _easy(known)
    for spelling in _spellings(text):
        unit = _repeated(spelling)
        if not unit or ((chain := _chain(unit, easy)) is not None and chain <= _CHAIN_OF_EASY_WORDS):
            return True
    return _is_run(text)


def _spellings(text: str) -> set[str]:
    """The letters alone, as typed and with the usual swaps undone (p4ssw0rd); digits and marks add little."""
    folded = text.casefold()
    letters = re.sub(r"[\W\d_]+", "", folded)
    return {letters, re.sub(r"[\W\d_]+", "", folded.translate(_LOOKALIKES))}


def _repeated(text: str) -> str:
    """Return the shortest part that the whole text repeats: for most texts, the text."""
    return text[: (text + text).find(text, 1)] if text else text


def _chain(text: str, easy: Collection[str]) -> int | None:
    """Return the fewest easy words that make up the whole text, or None where they do not."""
    fewest: list[int | None] = [0, *([None] * len(text))]
    for end in range(1, len(text) + 1):
        counts = [
            count + 1
            for start in range(max(0, end - 40), end)
            if (count := fewest[start]) is not None and text[start:end] in easy
        ]
        fewest[end] = min(counts, default=None)
    return fewest[-1]


def _is_run(text: str) -> bool:
    """Say whether most neighbours follow each other, as in abcdefghijkl or 123456789012."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text.casefold())]
    return bool(steps) and sum(step in {-1, 0, 1} for step in steps) >= 0.75 * len(steps)


def _bits(text: str, known: Collection[str]) -> float:
    easy = _easy(known)
    total = 0.0
    for word in re.split(r"[\W_]+", text):
        letters = word.casefold()
        if letters.translate(_LOOKALIKES) in easy or letters in easy:
            total += 6
        elif letters.isalpha() and len(letters) > 3:
            total += min(11 + 1.5 * (len(letters) - 4), 4.7 * len(letters)) if len(letters) < 12 else 30
        else:
            total += len(set(word)) * math.log2(36 if letters == word else 62)
    return total


def _easy(known: Collection[str]) -> frozenset[str]:
    own = {re.sub(r"[\W\d_]+", "", part.casefold()) for word in known for part in (word, *re.split(r"[\W_]+", word))}
    return denied() | {word for word in own if len(word) >= 3}


@cache
def denied() -> frozenset[str]:
    """Return the bundled list: lower-case words and runs, letters only."""
    text = (resources() / "passphrases" / "denied.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))

"""The speller: the British dictionary of `resources/dictionaries`, with the names of the family written about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_NAME = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 60


def dictionaries() -> Path:
    """Where the dictionaries lie: beside the sources, or inside the installed `sf_record`."""
    for base in Path(__file__).resolve().parents:
        for found in (base / "resources" / "dictionaries", base / "sf_record" / "resources" / "dictionaries"):
            if found.is_dir():
                return found
    raise FileNotFoundError("resources/dictionaries")


class FamilySpelling:
    """Knows English as written in Britain, and the words of these names, in any case. Nothing is ever stored."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(word.casefold() for name in names for word in _NAME.findall(name))

    def knows(self, word: str) -> bool:
        """Whether the word is spelt as the dictionary, or the family, spells it."""
        plain = word.replace("’", "'")
        if len(plain) > _LONGEST_WORD:
            return True
        own = plain.removesuffix("'s").casefold()
        return own in self._names or bool(_hunspell().spell(plain))

    def suggest(self, word: str) -> Sequence[str]:
        """Other spellings, the likeliest first."""
        plain = word.replace("’", "'")
        return tuple(_hunspell().suggest(plain)) if len(plain) <= _LONGEST_WORD else ()


@cache
def _hunspell() -> Any:
    """The dictionary, read once when the first word is asked about (some 60 ms)."""
    folder = dictionaries()
    # chunspell installs itself under the name of the library that it wraps.
    return import_module("hunspell").Hunspell("en_GB", hunspell_data_dir=f"{folder}/")

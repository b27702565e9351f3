"""Reduces a name to how it is written without accents, and to about how it sounds in English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that sound alike become one; in order, the longer ones first. What is left out is not heard.
_ALIKE = (
    (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^x", "s"), (r"^mc|^mac(?=[a-z]{3})", "mk"),
    (r"sch|sh|ch(?=[aeiouy])|tch|(?<=.)ti(?=on|a)", "s"), (r"ph|v", "f"), (r"ght", "t"),
    (r"gh$|gh(?=s)", ""), (r"gh", "g"), (r"ck|qu|q", "k"), (r"c(?=[eiy])|z|x", "s"), (r"c", "k"),
    (r"g(?=[ei])", "j"), (r"th", "t"), (r"dg", "j"), (r"d", "t"), (r"b", "p"), (r"w|h", ""),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), sound) for pattern, sound in _ALIKE)
_LETTERS = re.compile(r"[^a-z]")


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.casefold()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in spread if not unicodedata.combining(each))


@lru_cache(maxsize=4_096)
def sound(name: str) -> str:
    """Return about how a name sounds: names with the same sound may be one name spelled in two ways."""
    heard = _LETTERS.sub("", plain(name))
    for pattern, letter in _RULES:
        heard = pattern.sub(letter, heard)
    first = "a" if heard[:1] in set("aeiouy") else heard[:1]
    rest = re.sub(r"[aeiouy]", "", heard[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)

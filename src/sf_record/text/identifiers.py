"""Checks the numbers and codes by which others know a person or a place: NHS number, UPN, postcode."""

from __future__ import annotations

import re

_NHS_CHARACTERS = 10
_UPN_ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S
_UPN = re.compile(rf"[{_UPN_ALPHABET}]\d{{3}}\d{{8}}[\d{_UPN_ALPHABET}]")
_POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2})")


def compact(text: str) -> str:
    """Return a number without the spaces and dashes that people put in, in capitals."""
    return re.sub(r"[\s\-–]", "", text).upper()


def nhs_number_problem(text: str) -> str:
    """Say what is wrong with an NHS number; empty for one whose check digit fits (modulus 11)."""
    digits = compact(text)
    if len(digits) != _NHS_CHARACTERS or not (digits.isascii() and digits.isdigit()):
        return f"an NHS number has {_NHS_CHARACTERS} digits"
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return "" if rest % 11 == int(digits[9]) and rest != 10 else "this is not an NHS number: check each digit"


def upn_check_letter(text: str) -> str:
    """Return the letter that a UPN's other twelve characters call for."""
    return _UPN_ALPHABET[sum(_worth(each) * place for place, each in enumerate(text[-12:], 2)) % 23]


def upn_problem(text: str) -> str:
    """Say what is wrong with a unique pupil number; empty for one whose check letter fits (CIN rules 1510 to 1550)."""
    upn = compact(text)
    if _UPN.fullmatch(upn) is None or not upn.isascii():
        return "a UPN has one letter, 11 digits, and a digit or letter at the end"
    return "" if upn[0] == upn_check_letter(upn) else "this is not a UPN: check each character"


def postcode_problem(text: str) -> str:
    """Say what is wrong with a postcode; empty for one of the form that UK postcodes have."""
    return "" if _POSTCODE.fullmatch(compact(text)) else "enter a UK postcode, such as CA1 1AA"


def _worth(character: str) -> int:
    return int(character) if character.isdigit() else _UPN_ALPHABET.index(character)

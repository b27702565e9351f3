"""The errors that both programs raise, each with words and advice for a person.

::

    SfError(code, title, advice, retry: now | later | after_sign_in | never)
    ├── InputError      the person can mend it here      carries every field at fault
    ├── VaultError      this laptop                      locked, wrong passphrase, key missing, damaged
    ├── ReachError      the way to the council           offline, timed out, council busy, certificate refused
    └── StandingError   who we are to the council        sign-in expired, device revoked, version refused, clock astray

Anything else is a bug. No error text holds a name, an address or a note: fields are named, values are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Retry(StrEnum):
    """When trying the same thing again can help."""

    NOW = "now"
    LATER = "later"
    AFTER_SIGN_IN = "after_sign_in"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing to mend: the field's path (``observed`` or ``children.0.seen``) and what to do, in plain words."""

    field: str
    message: str


class SfError(Exception):
    """Something a person can be told: what happened (title), and what was kept and what to do next (advice)."""

    def __init__(self, code: str, title: str, advice: str = "", retry: Retry = Retry.NEVER) -> None:
        super().__init__(code)
        self.code = code
        self.title = title
        self.advice = advice
        self.retry = retry


class InputError(SfError):
    """What was typed needs mending; carries every field at fault, not only the first."""

    def __init__(
        self,
        code: str,
        title: str,
        advice: str = "",
        retry: Retry = Retry.NOW,
        fields: tuple[FieldProblem, ...] = (),
    ) -> None:
        super().__init__(code, title, advice, retry)
        self.fields = fields


class VaultError(SfError):
    """This laptop's vault cannot do what was asked."""


class ReachError(SfError):
    """The council cannot be reached, or does not answer as a council should."""


class StandingError(SfError):
    """The council answers, but will not deal with this person, this laptop or this program as they are."""

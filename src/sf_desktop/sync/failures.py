"""Names what went wrong on the way to the council: one error per cause, with the words of ``wording``."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop import wording
from sf_record.errors import SfError
from sf_record.wire.rounds import Problem

# What the council's own codes mean for the laptop; anything else that it says is "council_refused".
_CODES = {
    "failure": "council_away",
    "busy": "council_away",
    "replayed": "council_away",
    "clock_astray": "clock_astray",
    "device_revoked": "device_revoked",
    "worker_disabled": "worker_disabled",
    "signature_refused": "signature_refused",
    "version_refused": "program_too_old",
    "version_ahead": "program_too_new",
    "decided_already": "decided_already",
    "more_came": "more_came",
    "not_found": "not_there",
    "token_expired": "sign_in_expired",
    "sign_in_expired": "sign_in_expired",
    "sign_in_refused": "sign_in_refused",
    "too_many_attempts": "too_many_attempts",
    "body_unreadable": "content_refused",
    "body_invalid": "content_refused",
    "body_too_large": "content_refused",
    "content_differs": "attachment_differs",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What a caller needs to know of an answer that was not a success."""

    error: SfError
    status: int = 0
    wait_s: float = 0.0  # the council asked for this much patience
    council_at: str = ""  # the council's time, where it said it
    is_unreached: bool = False  # no connection was made: nothing of what was to be sent has left


class AnswerError(Exception):
    """An exchange failed; inside ``sync`` only. What leaves the room is :attr:`failure`'s error."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.error.code)
        self.failure = failure

    @property
    def code(self) -> str:
        return self.failure.error.code


def failed(
    code: str, *, status: int = 0, wait_s: float = 0.0, council_at: str = "", is_unreached: bool = False
) -> AnswerError:
    """Return the error of one of this program's codes, ready to be raised."""
    return AnswerError(Failure(wording.error(code), status, wait_s, council_at, is_unreached))


def refused(problem: Problem, status: int, wait_s: float) -> AnswerError:
    """Return the error for what the council said in its own words."""
    code = _CODES.get(problem.code, "council_refused")
    return failed(code, status=status, wait_s=wait_s, council_at=problem.at)


def unspoken(status: int, wait_s: float) -> AnswerError:
    """Return the error for a status without the council's own words: it says nothing about anybody's standing."""
    if status == 429 or status >= 500:
        return failed("council_away", status=status, wait_s=wait_s)
    return failed("not_a_council", status=status)

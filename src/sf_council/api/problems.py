"""Every reason for which the council declines a request: its code, status and words, in one table.

No answer repeats what was sent: fields are named, values are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from fastapi import Response

from sf_record.errors import Retry, SfError
from sf_record.wire.rounds import Problem


@dataclass(frozen=True, slots=True)
class Reason:
    """A status with its words."""

    status: int
    title: str
    advice: str
    retry: Retry = Retry.NEVER


_KEPT = "Your work is kept on your laptop."

REASONS: dict[str, Reason] = {
    "body_unreadable": Reason(400, "The request could not be read", "Tell support. " + _KEPT),
    "clock_astray": Reason(
        401, "This laptop's clock is wrong", "Set the clock to the time given here, then try again.", Retry.NOW
    ),
    "signature_refused": Reason(
        401, "The request does not carry this laptop's signature", "Tell support. " + _KEPT, Retry.NEVER
    ),
    "replayed": Reason(401, "This request was answered before", "Sign it afresh and send it again.", Retry.NOW),
    "token_expired": Reason(401, "The short pass has run out", "Ask for a fresh one.", Retry.NOW),
    "sign_in_expired": Reason(401, "Your sign-in has expired", "Sign in again. " + _KEPT, Retry.AFTER_SIGN_IN),
    "sign_in_refused": Reason(
        401, "The name, password or code was not accepted", "Check them, or ask for a new code.", Retry.NOW
    ),
    "device_revoked": Reason(403, "This laptop may no longer speak to the council", "Ring the service. " + _KEPT),
    "worker_disabled": Reason(403, "Your account is closed", "Ring the service. " + _KEPT),
    "not_found": Reason(404, "There is nothing here for you", "Check the address, or ask your supervisor."),
    "method_not_allowed": Reason(405, "This cannot be done here", "Tell support."),
    "decided_already": Reason(409, "Somebody else has decided this already", "Look at the list again."),
    "more_came": Reason(409, "Its author has written more since you looked", "Look at the list again, then decide."),
    "content_differs": Reason(
        409, "What arrived is not what its address says", "Nothing of it was kept. Send it again.", Retry.LATER
    ),
    "body_too_large": Reason(413, "The request is too large", "Send less at a time. " + _KEPT),
    "encoding_unknown": Reason(415, "The request is packed in a way the council does not know", "Tell support."),
    "body_invalid": Reason(422, "The request does not have the agreed shape", "Tell support. " + _KEPT),
    "version_refused": Reason(426, "This program is too old for the council", "Install the newest version. " + _KEPT),
    "version_ahead": Reason(
        426,
        "This program is newer than the council's",
        "The council has to update its own first. " + _KEPT,
        Retry.LATER,
    ),
    "too_many_attempts": Reason(429, "Too many tries", "Wait as long as the answer says, then try again.", Retry.LATER),
    "failure": Reason(500, "Something went wrong at the council", "Try again later. " + _KEPT, Retry.LATER),
    "busy": Reason(503, "The council is busy", "Try again in a moment. " + _KEPT, Retry.LATER),
}


class Declined(SfError):
    """The council will not do what a request asks; ends in the answer that REASONS gives for the code."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = (), wait_s: int = 0) -> None:
        reason = REASONS[code]
        super().__init__(code, reason.title, reason.advice, reason.retry)
        self.status = reason.status
        self.fields = fields
        self.wait_s = wait_s


def answer(declined: Declined, at: str) -> Response:
    """Return the answer to a declined request."""
    problem = Problem(
        code=declined.code,
        title=declined.title,
        advice=declined.advice,
        retry=declined.retry.value,
        at=at,
        fields=declined.fields,
    )
    headers = {"Retry-After": str(declined.wait_s)} if declined.wait_s else {}
    return Response(
        msgspec.json.encode(problem),
        status_code=declined.status,
        media_type="application/problem+json",
        headers=headers,
    )

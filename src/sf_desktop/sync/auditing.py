"""Sends the laptop's audit between rounds, page by page, and finds the way back after an older vault was put back."""

from __future__ import annotations

import logging
from typing import Protocol

from sf_record.wire.audit import AuditAnswer, AuditRequest, Head

_LOG = logging.getLogger("sf_desktop.sync")
_MOST_RESUMES = 2


class Chain(Protocol):
    """The laptop's side (``store.rounds.audit_ledger``)."""

    def page(self, after: int | None) -> AuditRequest | None:
        """Return the rows after a number (or after what the council has), at most one page; None where none are."""
        ...

    def first(self) -> int:
        """Return the number before the first row that is still here."""
        ...

    def taken(self, number: int, answer: AuditAnswer) -> None: ...
    def resume(self, agreed: int, council: Head) -> None: ...


class Council(Protocol):
    """The council's side (``sync.session.Session``)."""

    def audit(self, request: AuditRequest) -> AuditAnswer: ...


def send_audit(chain: Chain, council: Council) -> None:
    """Send what the council lacks. What it refuses stays here; it has noted that it did."""
    after: int | None = None
    for _ in range(_MOST_RESUMES + 1):
        refused = _send(chain, council, after)
        if refused is None:
            return
        answer, first_sent = refused
        if answer.refused == "gap" and chain.first() <= answer.number < first_sent:
            after = answer.number  # it was restored from a backup: it lacks what it had
            continue
        agreed = _agreed(chain, council) if answer.refused == "fork" else None
        if agreed is None or answer.number < chain.first():
            _LOG.warning("audit_refused code=%s council=%d", answer.refused, answer.number)
            return
        chain.resume(agreed, Head(number=answer.number, chain=answer.chain))
        after = None


def _send(chain: Chain, council: Council, after: int | None) -> tuple[AuditAnswer, int] | None:
    """Send page after page; return the first refusal with the number of the first row that was refused."""
    while (page := chain.page(after)) is not None:
        answer = council.audit(page)
        if answer.refused:
            return answer, page.rows[0].number
        after = page.rows[-1].number
        chain.taken(after, answer)
    return None


def _agreed(chain: Chain, council: Council) -> int | None:
    """Return the last row that both have, by sending all rows that are here again; None where they are the same."""
    agreed = first = chain.first()
    while (page := chain.page(agreed)) is not None:
        answer = council.audit(page)
        if answer.refused:
            return max(first, agreed, answer.agreed)
        agreed = page.rows[-1].number
    return None

"""What sync needs of the laptop's vault, as Protocols: whoever keeps the records implements them.

``store`` and ``sync`` do not know each other, so everything that goes in is a shape of ``sf_record`` or plain, and
everything that comes out is known by its attributes only. Every method is called from the wire thread and may wait
for the vault thread; only :meth:`Ledger.apply_pull` must not wait, so that the next lines are read meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from sf_record.events import Event
from sf_record.record import Record
from sf_record.wire.rounds import FamilyState, PullRequest, Report, RoundAnswer, RoundRequest, Tokens

T_co = TypeVar("T_co", covariant=True)


class Changes(Protocol):
    """Which records an answer touched: what the desk announces (``ops``'s ChangeSet has these three)."""

    @property
    def kinds(self) -> frozenset[str]: ...
    @property
    def ids(self) -> frozenset[str]: ...
    @property
    def families(self) -> frozenset[str]: ...


class Applied(Protocol):
    """What became of an answer in the vault."""

    @property
    def changes(self) -> Changes: ...

    @property
    def differing(self) -> tuple[str, ...]:
        """Family files that are not what the council says: another count or digest, or its numbers went back."""
        ...


class Pending(Protocol[T_co]):
    """Something that the vault is still doing; ``concurrent.futures.Future`` is one."""

    def done(self) -> bool: ...
    def result(self, timeout: float | None = None) -> T_co: ...


class SignInState(Protocol):
    """Who this laptop is to its council."""

    @property
    def address(self) -> str: ...
    @property
    def council_id(self) -> str: ...
    @property
    def device_id(self) -> str: ...
    @property
    def device_key(self) -> bytes:
        """The private Ed25519 key, 32 bytes."""
        ...

    @property
    def policy_key(self) -> str:
        """The public Ed25519 key under which the council signs, base64."""
        ...

    @property
    def username(self) -> str: ...
    @property
    def tokens(self) -> Tokens | None:
        """None where nobody is signed in any more."""
        ...


class Place(Protocol):
    """How far a laptop is, as a round says it."""

    @property
    def position(self) -> str:
        """``digest.position`` of the cursors, the configuration's version and the digests."""
        ...

    @property
    def config(self) -> int:
        """The configuration's version."""
        ...

    @property
    def decisions(self) -> int:
        """The number of the last decision on the holding tray that this laptop was told."""
        ...

    @property
    def report(self) -> Report:
        """How this laptop stands: counts only."""
        ...

    @property
    def leaving(self) -> tuple[str, ...]:
        """The ids of family files that were released and are still here."""
        ...


class Ledger(Protocol):
    """The laptop's side of a round: the outbox, the cursors, and the one way in for what the council says."""

    def outgoing(self, max_events: int, max_bytes: int, without: Collection[str] = ()) -> Sequence[Event]:
        """Return the next events to send: those without a receipt that nobody has to mend first, in the order they
        were saved, leaving out the ids in ``without``. The first is returned whatever its size.
        """
        ...

    def tried(self, event_ids: Collection[str], *, has_left: bool) -> None:
        """It was tried to send these; without ``has_left`` no connection was made, so nothing of them has left."""
        ...

    def cursors(self) -> Mapping[str, int]:
        """Return every family file's cursor; one that is not complete stands at the last number that was stored."""
        ...

    def digests(self) -> Mapping[str, str]:
        """Return what each whole family file held when it was last proved to be what the council holds."""
        ...

    def has_none(self) -> bool:
        """Say whether there is no family file to ask about: a laptop that is new."""
        ...

    def place(self) -> Place:
        """Return how far this laptop is, all of it read at one moment."""
        ...

    def apply(self, answer: RoundAnswer) -> Applied:
        """Apply outcomes, records, family states, releases and configuration in one transaction.

        A family file whose digest differs, or whose council number is below the cursor, is named in ``differing``;
        its cursor stays. What was written here is shown on until the cursor reaches its receipt's number.
        """
        ...

    def apply_pull(
        self,
        records: Sequence[Record],
        raw: Sequence[bytes],
        ends: Sequence[FamilyState],
        only: Mapping[str, frozenset[str]],
    ) -> Pending[Applied]:
        """Store a batch of a stream in one transaction, as ``raw`` (each record's JSON, in the same order).

        ``ends`` complete their family files: cursor, count and digest. ``only`` names, for those that were streamed
        from 0, all their records: what the council sent earlier and no longer has is removed, local events stay.
        """
        ...

    def load_began(self) -> None:
        """Many records are about to come: the vault makes room, and lets its search index gather."""
        ...

    def load_ended(self) -> None:
        """They have come, or the load stopped: what was stored is searchable when this returns."""
        ...

    def reopen(self, families: Collection[str]) -> None:
        """Forget cursors (0) and receipts of these family files: they are pulled whole and all their events of the
        ledger are sent again, each of which the council counts once.
        """
        ...

    def set_aside(self, event_id: str, code: str) -> None:
        """The council could not read this event: it needs somebody and is no longer in ``outgoing``."""
        ...

    def sign_in_state(self) -> SignInState: ...

    def keep_tokens(self, tokens: Tokens | None) -> None:
        """Replace the tokens durably before anything is sent with them; None where somebody must sign in again."""
        ...


class Council(Protocol):
    """The council, as a round sees it: signed in, or refused with an error that says why."""

    def round(self, request: RoundRequest) -> RoundAnswer: ...

    def pull(self, request: PullRequest) -> Iterator[bytes]:
        """Yield the lines of the stream, undecoded."""
        ...

"""The shapes that travel between laptop and council, with their size limits and the protocol's version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sf_record.configuration import Configuration, WorkerName
from sf_record.events import Event
from sf_record.outcomes import Outcome
from sf_record.record import Record
from sf_record.wire.orders import Signed
from sf_record.wire.tray import Decision

# 2 (from 1): a round says how far the laptop knows the decisions on the holding tray, and is told of newer ones.
# 3: a stream holds lines that prove it. What older versions send is read as it is, and their answers hold nothing that
# they do not know.
PROTOCOL = 3
OLDEST_PROTOCOL = 1

PAGE_RECORDS = 500
PAGE_BYTES = 1_000_000
EVENT_BYTES = 2_000_000  # one event, as JSON
BODY_BYTES = 8_000_000  # one request or answer, decompressed
COMPRESS_FROM_BYTES = 1_000
ATTACHMENT_BYTES = 25 * 1024 * 1024  # one attachment's content; a council may take less
ATTACHMENT_PIECE_BYTES = 512 * 1024  # sent and fetched at a time

# RFC 9421, Ed25519. The key id is the device id; `created` (whole seconds) and `nonce` (16 random bytes or more,
# base64url) are always there. Path and query rather than the target URI, because a proxy that ends TLS changes the
# scheme and must leave the Host as it was. Content-Digest (RFC 9530, sha-256) is over the bytes as sent, after
# compression, and is sent for an empty body too. Authorization is covered wherever a token is sent: "Bearer <token>".
SIGNATURE_LABEL = "sf"
SIGNED_COMPONENTS = ("@method", "@authority", "@path", "@query", "content-digest")
SIGNED_WITH_TOKEN = (*SIGNED_COMPONENTS, "authorization")
SIGNATURE_SECONDS = 300  # how far `created` may lie from the council's clock, either way
NONCE_SECONDS = 600  # how long the council remembers a nonce


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """Who this council is, before anybody signs in. Keys are base64: Ed25519 for policy, X25519 for sealing."""

    council_id: str
    council_name: str
    protocol: int
    oldest_protocol: int
    at: str
    policy_key: str
    sealing_key: str
    recovery_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """A laptop asks to be known: who signs in, the one-time code, and the laptop's public key (Ed25519, base64)."""

    protocol: int
    username: str
    password: str
    code: str
    device_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A known laptop's worker signs in again."""

    protocol: int
    username: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A known laptop asks for fresh tokens; the refresh token can be used once."""

    refresh_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What proves a signed-in worker: the access token lives for minutes."""

    access_token: str
    access_until: str
    refresh_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """The council knows the laptop. What will be on it: so many family files, records and bytes."""

    device_id: str
    worker: WorkerName
    tokens: Tokens
    families: int
    records: int
    size_bytes: int
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a laptop stands, as it says itself: files held, also those to leave, and events without a receipt."""

    families: int
    unsent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRequest:
    """One exchange. ``cursors`` may be left out while ``position`` says them all (see ``digest.position``); ``digests``
    come with them: what the laptop's whole files held when it last agreed with the council.

    ``decisions`` is the number of the last decision on the holding tray that this laptop knows. ``leaving`` names
    family files that were released and are still here: the answer says of each again whether it is held.
    """

    protocol: int
    position: str
    config: int = 0
    cursors: Mapping[str, int] | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    decisions: int = 0
    report: Report | None = None
    leaving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyState:
    """A family file at the council. After this answer's records the laptop's cursor is ``cursor``;
    when that equals ``seq`` the laptop's count and digest must equal these. ``until`` is the last day on which it may
    be here, where the worker has it in a visit pack only.
    """

    family_id: str
    cursor: int
    seq: int
    count: int
    digest: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A family file that leaves the laptop, and why (a code of ``leaving``). Where it is held it must not be destroyed
    before the day after ``hold_until``, or until the council says so.
    """

    family_id: str
    reason: str
    hold_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAnswer:
    """What the council says. ``more``: further pages wait; ``cursors_wanted``: ask again with cursors.

    ``decisions`` are those on this laptop's work in the holding tray; ``to_place`` counts what waits there for the
    worker, as a supervisor, to decide.
    """

    at: str
    position: str = ""
    cursors_wanted: bool = False
    more: bool = False
    outcomes: tuple[Outcome, ...] = ()
    families: tuple[FamilyState, ...] = ()
    records: tuple[Record, ...] = ()
    released: tuple[Released, ...] = ()
    configuration: Configuration | None = None
    decisions: tuple[Decision, ...] = ()
    to_place: int = 0
    lease: Signed | None = None
    wipe: Signed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the council orders a laptop that may no longer take part in rounds."""

    at: str
    wipe: Signed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """Ask for the current state of the caseload after the cursors, as a stream of lines.

    A family file that is not named is streamed whole; one named with the council's own number is left out.
    """

    protocol: int
    cursors: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PullEnd:
    """The line that closes one family file in a stream: only with it is the file complete on the laptop."""

    end: FamilyState


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProof:
    """The line with which the council signs everything of a stream that stands before it (see ``proof``), as base64.
    A laptop believes no line before.
    """

    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One event of a record's history, and what the council answered."""

    event: Event
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentState:
    """How much of an attachment's content the council has, from its beginning. ``is_complete``: all of it, and its
    SHA-256 is the one by which it is addressed.
    """

    received: int
    is_complete: bool


# What begins the id of a sealed entry that holds what was begun and not finished, as the event that it would be. The
# draft's id follows; the event in it has another.
SEALED_BEGUN = "begun:"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAttachment:
    """What is sealed of an attachment that is not with the council: the key (base64) to the file handed in with it.

    In the sealed outbox its entry's id is ``attachment:`` and the file's name in the vault's ``attachments`` folder.
    """

    record_id: str
    family_id: str
    file: str
    key: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The body of every answer that is not a success. Never repeats what was sent."""

    code: str
    title: str
    advice: str = ""
    retry: str = "never"
    at: str = ""
    fields: tuple[str, ...] = field(default_factory=tuple)


def record_wire(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record, without what is empty: so it is stored, and sent as the bytes it is."""
    plain: dict[str, Any] = {
        "id": record.id,
        "family_id": record.family_id,
        "kind": record.kind,
        "seq": record.seq,
        "author_id": record.author_id,
        "written_at": record.written_at,
        "body": dict(record.body),
    }
    if record.changes:
        plain["changes"] = {name: _plain(change) for name, change in record.changes.items()}
    for name in ("signed", "in_error"):
        value = getattr(record, name)
        if value is not None:
            plain[name] = _plain(value)
    for name in ("amendments", "conflicts"):
        values = getattr(record, name)
        if values:
            plain[name] = [_plain(value) for value in values]
    return plain


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}

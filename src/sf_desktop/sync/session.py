"""Speaks to the council as this laptop and its worker: joins, signs in, keeps tokens fresh, corrects the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import NoneType
from typing import Any, TypeVar

from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError, failed
from sf_desktop.sync.ports import Ledger, SignInState
from sf_desktop.sync.signing import Identity
from sf_desktop.sync.transport import Question, Transport
from sf_record.dates import read_moment
from sf_record.wire.audit import AuditAnswer, AuditRequest
from sf_record.wire.orders import Signed
from sf_record.wire.packs import FindFamilies, TakePack, TeamFamily, VisitPack
from sf_record.wire.rounds import (
    OLDEST_PROTOCOL,
    PROTOCOL,
    AttachmentState,
    Enrol,
    Enrolment,
    Greeting,
    HistoryEntry,
    Orders,
    PullRequest,
    Refresh,
    RoundAnswer,
    RoundRequest,
    SignIn,
    Tokens,
)
from sf_record.wire.tray import Decide, Decided, TrayChain

T = TypeVar("T")

FRESH_FOR = timedelta(seconds=30)  # a token that ends sooner is renewed first, rather than refused on the way


@dataclass(frozen=True, slots=True)
class Joiner:
    """What somebody typed to make this laptop known, with the laptop's public key (base64). Kept nowhere."""

    username: str
    password: str
    code: str
    device_key: str


def greet(transport: Transport, time: CouncilTime) -> Greeting:
    """Return who answers at the address; ``AnswerError`` where it is no council, or one that speaks otherwise."""
    greeting = transport.ask(Question("GET", "/v1/greeting", Greeting))
    time.heard(greeting.at)
    if greeting.oldest_protocol > PROTOCOL:
        raise failed("program_too_old")
    if greeting.protocol < OLDEST_PROTOCOL:
        raise failed("program_too_new")
    return greeting


def enrol(transport: Transport, joiner: Joiner) -> Enrolment:
    """Make this laptop known to the council. The password and the code go once and stay nowhere."""
    body = Enrol(
        protocol=PROTOCOL,
        username=joiner.username,
        password=joiner.password,
        code=joiner.code,
        device_key=joiner.device_key,
    )
    return transport.ask(Question("POST", "/v1/devices", Enrolment, body))


class Session:
    """The council as a signed-in laptop sees it (``ports.Council``). Lives on the wire thread."""

    def __init__(self, ledger: Ledger, transport: Transport, time: CouncilTime) -> None:
        self._ledger, self._transport, self._time = ledger, transport, time

    def round(self, request: RoundRequest) -> RoundAnswer:
        """Exchange one round."""
        answer: RoundAnswer = self._with_token(
            lambda who, token: self._transport.ask(Question("POST", "/v1/rounds", RoundAnswer, request, who, token))
        )
        self._time.heard(answer.at)
        return answer

    def pull(self, request: PullRequest) -> Iterator[bytes]:
        """Yield the lines of the stream."""

        def begin(who: Identity, token: str) -> Iterator[bytes]:
            lines = self._transport.lines(Question("POST", "/v1/pull", bytes, request, who, token))
            first = next(lines, None)  # the question is asked here, so that a stale token is noticed here
            return iter(()) if first is None else _again(first, lines)

        yield from self._with_token(begin)

    def history(self, family_id: str, record_id: str) -> tuple[HistoryEntry, ...]:
        """Return every event of a record, with what the council answered to each."""
        path = f"/v1/families/{family_id}/records/{record_id}/history"
        return self._with_token(
            lambda who, token: self._transport.ask(
                Question("GET", path, tuple[HistoryEntry, ...], identity=who, token=token)
            )
        )

    def holding(self) -> tuple[TrayChain, ...]:
        """Return what waits in the holding tray for this supervisor to decide; the council notes that it was seen."""
        return self._with_token(
            lambda who, token: self._transport.ask(
                Question("GET", "/v1/holding", tuple[TrayChain, ...], identity=who, token=token)
            )
        )

    def decide(self, event_id: str, decide: Decide) -> Decided:
        """Decide what begins with this event. Asked again after a cut, the council gives the same answer."""
        path = f"/v1/holding/{event_id}/decision"
        return self._with_token(
            lambda who, token: self._transport.ask(Question("POST", path, Decided, decide, who, token))
        )

    def audit(self, request: AuditRequest) -> AuditAnswer:
        """Give the council rows of this laptop's audit."""
        return self._with_token(
            lambda who, token: self._transport.ask(Question("POST", "/v1/audit", AuditAnswer, request, who, token))
        )

    def orders(self) -> Orders:
        """Return what this laptop is ordered, proved by its signature alone: also one that was revoked is told."""
        state = self._ledger.sign_in_state()
        question = Question("GET", "/v1/devices/me/orders", Orders, identity=_identity(state))
        return self._corrected(lambda: self._transport.ask(question))

    def tell_wiped(self, receipt: Signed) -> None:
        """Hand the council this laptop's signed word that copies of family files are destroyed."""
        self._with_token(
            lambda who, token: self._transport.ask(Question("POST", "/v1/wipe-receipts", NoneType, receipt, who, token))
        )

    def team_families(self, words: str) -> tuple[TeamFamily, ...]:
        """Return family files of the team, not the worker's own, whose names hold these words; the council notes it."""
        wanted = FindFamilies(words=words)
        return self._with_token(
            lambda who, token: self._transport.ask(
                Question("POST", "/v1/team-families", tuple[TeamFamily, ...], wanted, who, token)
            )
        )

    def take_along(self, family_id: str, until: str, reason: str) -> VisitPack:
        """Ask for a family file of the team until the end of a day."""
        wanted = TakePack(protocol=PROTOCOL, family_id=family_id, until=until, reason=reason)
        return self._with_token(
            lambda who, token: self._transport.ask(Question("POST", "/v1/visit-packs", VisitPack, wanted, who, token))
        )

    def keep_recovery_slot(self, slot: bytes) -> None:
        """Hand the council the sealed key with which a forgotten passphrase can be got over."""
        self._with_token(
            lambda who, token: self._transport.ask(
                Question("PUT", "/v1/devices/me/recovery-slot", NoneType, slot, who, token)
            )
        )

    def attachment_state(self, family_id: str, sha256: str) -> AttachmentState:
        """Return how much of a content the council has."""
        path = _content_path(family_id, sha256)
        return self._with_token(
            lambda who, token: self._transport.ask(Question("GET", path, AttachmentState, identity=who, token=token))
        )

    def bring_piece(self, family_id: str, sha256: str, offset: int, size: int, piece: bytes) -> AttachmentState:
        """Bring a piece of a content and return how much the council has then."""
        path = f"{_content_path(family_id, sha256)}?offset={offset}&size={size}"
        return self._with_token(
            lambda who, token: self._transport.ask(Question("PUT", path, AttachmentState, piece, who, token))
        )

    def fetch_piece(self, family_id: str, sha256: str, offset: int, length: int) -> bytes:
        """Return a part of a content."""
        path = f"{_content_path(family_id, sha256)}/content?offset={offset}&length={length}"
        return self._with_token(
            lambda who, token: self._transport.ask(Question("GET", path, bytes, identity=who, token=token))
        )

    def sign_in(self, password: str) -> None:
        """Sign in again with the password, which is kept nowhere."""
        state = self._ledger.sign_in_state()
        body = SignIn(protocol=PROTOCOL, username=state.username, password=password)
        question = Question("POST", "/v1/sign-in", Tokens, body, _identity(state))
        self._ledger.keep_tokens(self._corrected(lambda: self._transport.ask(question)))

    def _with_token(self, ask: Callable[[Identity, str], T]) -> T:
        """Ask with a token that is fresh; where the council refuses it all the same, renew it once and ask again."""
        state = self._ledger.sign_in_state()
        tokens = state.tokens
        if tokens is None:
            raise failed("sign_in_expired")
        is_renewed = self._is_stale(tokens)
        if is_renewed:
            tokens = self._renewed(state, tokens)
        try:
            return self._corrected(lambda: ask(_identity(state), tokens.access_token))
        except AnswerError as error:
            if error.code != "sign_in_expired" or is_renewed:
                raise
        fresh = self._renewed(state, tokens)
        return self._corrected(lambda: ask(_identity(state), fresh.access_token))

    def _is_stale(self, tokens: Tokens) -> bool:
        try:
            return read_moment(tokens.access_until) - self._time.now() < FRESH_FOR
        except ValueError:
            return True

    def _renewed(self, state: SignInState, tokens: Tokens) -> Tokens:
        """Exchange the refresh token. The new pair is durable before it is used; a refusal is remembered."""
        question: Question[Tokens] = Question(
            "POST", "/v1/tokens", Tokens, Refresh(refresh_token=tokens.refresh_token), _identity(state)
        )
        try:
            fresh = self._corrected(lambda: self._transport.ask(question))
        except AnswerError as error:
            if error.code == "sign_in_expired":
                self._ledger.keep_tokens(None)
            raise
        self._ledger.keep_tokens(fresh)
        return fresh

    def _corrected(self, ask: Callable[[], T]) -> T:
        """Ask; where the council finds the laptop's time astray, take the council's and ask once more."""
        try:
            return ask()
        except AnswerError as error:
            if error.code != "clock_astray" or not self._time.heard(error.failure.council_at):
                raise
        return ask()


def _content_path(family_id: str, sha256: str) -> str:
    return f"/v1/families/{family_id}/attachments/{sha256}"


def _identity(state: SignInState) -> Identity:
    return Identity(state.device_id, state.device_key, state.policy_key)


def _again(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest

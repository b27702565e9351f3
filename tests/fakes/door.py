"""Stands behind the lock screen and the first run: a vault and a council that say what they are told to say."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sf_desktop.ops.firstrun.passphrases import judged
from sf_desktop.ui.firstrun.ports import Council, Offer, Progress
from sf_desktop.ui.firstrun.ports import Verdict as Worth
from sf_desktop.ui.kit.fields.new_passphrase import Verdict
from sf_desktop.ui.lock.ports import LockState, RecoveryAsked
from sf_record.errors import SfError
from tests.fakes.futures import ended

CODE = "05BQ0 10N1C 4RHAN SJ8N3\n8PQ4P TRXXV"


class Vault:
    """A vault that says what it is told to say, and remembers what it was asked."""

    def __init__(self, refusal: SfError | None = None, tries_left: int | None = None) -> None:
        self.refusal, self.tries_left = refusal, tries_left
        self.asked: list[tuple[str, ...]] = []
        self.requests = 0

    def look(self) -> Future[LockState]:
        return ended(LockState("pretend.worker", tries_left=self.tries_left))

    def unlock(self, passphrase: str, password: str = "") -> Future[Any]:
        self.asked.append((passphrase, password))
        return ended("opened", None if password else self.refusal)

    def request_recovery(self, *, anew: bool = False) -> Future[RecoveryAsked]:
        self.requests += 1
        return ended(RecoveryAsked(f"{self.requests} {CODE}", "pretend-laptop"))

    def recover(self, answer: str, passphrase: str) -> Future[Any]:
        self.asked.append((answer, passphrase))
        return ended("opened", self.refusal)

    def judge(self, passphrase: str) -> Verdict:
        return judged(passphrase)


class PretendCouncil:
    """Joins a council that exists only here; `fails` names steps that go wrong the first time."""

    def __init__(self) -> None:
        self.fails: dict[str, SfError] = {}
        self.heard: list[tuple[Any, ...]] = []
        self._pool = ThreadPoolExecutor(1)

    def greet(self, address: str) -> Future[Council]:
        return self._answer("greet", (address,), Council("Pretend council"))

    def sign_in(self, name: str, password: str, code: str) -> Future[Offer]:
        return self._answer("sign_in", (name, password, code), Offer(12, 3_456, 7.2, "6 December 2026"))

    def judge(self, passphrase: str) -> Worth:
        if len(passphrase) < 12:
            return Worth("Too easy to guess", 0, (f"Use at least 12 characters: this has {len(passphrase)}.",))
        return Worth("Strong", 3)

    def create(self, passphrase: str) -> Future[Any]:
        return self._answer("create", (passphrase,), None)

    def load(self, report: Callable[[Progress], None]) -> Future[Any]:
        def work() -> str:
            report(Progress(1_728, 3_456))
            if (failure := self.fails.pop("load", None)) is not None:
                raise failure
            report(Progress(3_456, 3_456))
            return "loaded"

        return self._pool.submit(work)

    def stop(self) -> None:
        self.heard.append(("stop",))

    def close(self) -> None:
        self._pool.shutdown()

    def _answer(self, step: str, asked: tuple[Any, ...], answer: Any) -> Future[Any]:
        self.heard.append((step, *asked))
        failure = self.fails.pop(step, None)

        def work() -> Any:
            if failure is not None:
                raise failure
            return answer

        return self._pool.submit(work)

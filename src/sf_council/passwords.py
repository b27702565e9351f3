"""Hashes passwords with Argon2id, in threads of their own and few at a time, because each takes much memory."""

from __future__ import annotations

from functools import cached_property

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = 2


class Passwords:
    """One way of hashing. A password that belongs to nobody takes as long to refuse as a wrong one."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=memory_kib, parallelism=4)
        self._limiter: CapacityLimiter | None = None

    def hash(self, password: str) -> str:
        """Return the hash to store; takes tens of milliseconds."""
        return self._hasher.hash(password)

    async def is_right(self, stored: str | None, password: str) -> bool:
        """Say whether a password fits a stored hash; None stands for an account that is not there."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(_AT_ONCE)
        return await to_thread.run_sync(self._fits, stored, password, limiter=self._limiter)

    @cached_property
    def _nobody(self) -> str:
        """What stands for the hash of an account that is not there. No command but the server needs it."""
        return self._hasher.hash("nobody")

    def _fits(self, stored: str | None, password: str) -> bool:
        nobody = self._nobody  # made with the first password that is tried, whosever it is
        try:
            self._hasher.verify(stored or nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

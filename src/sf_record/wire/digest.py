"""Small proofs that two sides hold the same: a digest of one family file, and a position over a whole caseload."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

DIGEST_BYTES = 16


def entry(record_id: str, seq: int) -> int:
    """Return one record's part of its family file's digest."""
    return int.from_bytes(hashlib.sha256(f"{record_id}:{seq}".encode()).digest()[:DIGEST_BYTES], "big")


def combine(entries: Iterable[int]) -> int:
    """Combine parts in any order; combining a part twice takes it out again, so a change is old XOR new."""
    total = 0
    for part in entries:
        total ^= part
    return total


def text(digest: int) -> str:
    """Write a digest as 32 hexadecimal digits."""
    return f"{digest:0{DIGEST_BYTES * 2}x}"


def position(cursors: Mapping[str, int], config: int, digests: Mapping[str, str] | None = None) -> str:
    """Return 32 hexadecimal digits that stand for all cursors and the configuration's version together.

    With ``digests`` also for what the family files hold (protocol 2): the numbers of a council that was restored from
    an older copy go back, and come to the same again with other content.
    """
    if digests is None:
        return position_of("\n".join([f"{family}:{seq}" for family, seq in sorted(cursors.items())]), config)
    files = ((family, seq, digests.get(family, "")) for family, seq in sorted(cursors.items()))
    return position_of(lines_of(files), config)


def lines_of(files: Iterable[tuple[str, int, str]]) -> str:
    """Return what :func:`position_of` takes of family files in order: the id, number and digest of each."""
    return "\n".join([f"{family}:{seq}:{digest}" for family, seq, digest in files])


def position_of(lines: str, config: int) -> str:
    """Return the position of a caseload whose lines are put together already, in order: "family:number:digest"."""
    text_ = f"{lines}\nconfig:{config}" if lines else f"config:{config}"
    return hashlib.sha256(text_.encode()).hexdigest()[: DIGEST_BYTES * 2]

"""Keeps the contents of attachments: a small interface, and the directory that is behind it now.

Shaped so that an S3-compatible store can stand in its place: every piece is an object of its own, written once and
never changed, and a whole content is made of them at the end. Several servers may share one directory without locks.
What lies in it is as it came: encrypting it at rest is the disk's business (see docs/council.md).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sf_council.durable import sync_folder, write_new
from sf_council.settings import Settings

_PART = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a content is: always inside one family file of one council, so that a hash alone leads nowhere."""

    council_id: str
    family_id: str
    sha256: str


def folder_of(settings: Settings) -> Path:
    """Return the folder in which a council's contents lie."""
    return settings.attachments or settings.data / "attachments"


class Contents(Protocol):
    """What the council asks of whatever keeps contents."""

    def received(self, at: Address) -> int:
        """Return how many bytes are here from the beginning, pieces and whole contents alike."""
        ...

    def is_complete(self, at: Address) -> bool: ...

    def put(self, at: Address, offset: int, piece: bytes) -> None:
        """Keep a piece durably; one that is here already changes nothing."""
        ...

    def complete(self, at: Address) -> bool:
        """Make the whole of its pieces; where its hash is another, drop them all and return False."""
        ...

    def read(self, at: Address, offset: int, length: int) -> bytes:
        """Return a part of a whole content; empty where there is none."""
        ...

    def delete(self, at: Address) -> None: ...

    def addresses(self, council_id: str) -> Iterator[tuple[Address, float]]:
        """Yield everything that is kept for a council, with the moment of its last change (seconds of the epoch)."""
        ...


class Directory:
    """Contents as files: ``council/family/sha256``, and ``sha256.parts/offset`` while they come."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def received(self, at: Address) -> int:
        whole = self._path(at)
        if whole.is_file():
            return whole.stat().st_size
        reached = 0
        for part in self._parts(at):
            if int(part.name) != reached:
                break
            reached += part.stat().st_size
        return reached

    def is_complete(self, at: Address) -> bool:
        return self._path(at).is_file()

    def put(self, at: Address, offset: int, piece: bytes) -> None:
        folder = self._parts_folder(at)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = folder / f"{offset:012}"
        if not part.exists():
            _write(part, piece)

    def complete(self, at: Address) -> bool:
        proof = hashlib.sha256()
        whole = self._path(at)
        fresh = whole.with_name(f".{uuid.uuid4().hex}")
        try:
            with fresh.open("xb") as target:
                fresh.chmod(0o600)
                for part in self._parts(at):
                    piece = part.read_bytes()
                    proof.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            is_it = proof.hexdigest() == at.sha256
            if is_it:
                fresh.replace(whole)
                sync_folder(whole.parent)
        finally:
            fresh.unlink(missing_ok=True)
        shutil.rmtree(self._parts_folder(at), ignore_errors=True)
        return is_it or whole.is_file()

    def read(self, at: Address, offset: int, length: int) -> bytes:
        try:
            with self._path(at).open("rb") as source:
                source.seek(offset)
                return source.read(length)
        except FileNotFoundError:
            return b""

    def delete(self, at: Address) -> None:
        self._path(at).unlink(missing_ok=True)
        shutil.rmtree(self._parts_folder(at), ignore_errors=True)

    def addresses(self, council_id: str) -> Iterator[tuple[Address, float]]:
        folder = self._root / council_id
        for family in sorted(folder.iterdir()) if folder.is_dir() else ():
            for each in sorted(family.iterdir()):
                sha256 = each.name.removesuffix(".parts")
                if not each.name.startswith("."):
                    yield Address(council_id, family.name, sha256), each.stat().st_mtime

    def _path(self, at: Address) -> Path:
        return self._root / at.council_id / at.family_id / at.sha256

    def _parts_folder(self, at: Address) -> Path:
        whole = self._path(at)
        return whole.with_name(f"{whole.name}.parts")

    def _parts(self, at: Address) -> list[Path]:
        folder = self._parts_folder(at)
        return sorted(each for each in folder.iterdir() if _PART.fullmatch(each.name)) if folder.is_dir() else []


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in its place, durably: it is there complete or not at all."""
    fresh = path.with_name(f".{uuid.uuid4().hex}")
    write_new(fresh, content)
    fresh.replace(path)
    sync_folder(path.parent)

"""A disk that loses its power: what was flushed is there; of the rest each piece may be there, or not, or by half.

Harsher than any file system of today: unflushed writes are dropped one by one whatever their order, or torn at 512
or 4,096 bytes; a new name or a removed one counts only once its folder was flushed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disktrace import Did

_SECTORS = (512, 4096)


@dataclass
class _Content:
    """One file's content as it is certain to be on the disk, and what is on its way there."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Did] = field(default_factory=list)
    written_size: int = 0


@dataclass
class Medium:
    """The files of one folder, through a trace. Those outside it (the keyring's) are the system's to keep."""

    folder: Path
    names: dict[str, _Content] = field(default_factory=dict)
    certain: dict[str, _Content] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Medium:
        """Begin with what is in a folder, all of it on the disk."""
        medium = cls(folder)
        for path in folder.iterdir():
            if path.is_file():
                content = bytearray(path.read_bytes())
                medium.names[path.name] = _Content(content, [], len(content))
        medium.certain = dict(medium.names)
        return medium

    def run(self, trace: Iterable[Did]) -> list[str]:
        """Do what the trace did, and return what was acknowledged meanwhile."""
        said: list[str] = []
        for did in trace:
            if did.kind == "acknowledge":
                said += did.data.decode().split()
            elif did.kind == "sync" and did.path == str(self.folder):
                self._certain_names()
            elif Path(did.path).parent == self.folder:
                self._do(did, Path(did.path).name)
        return said

    def after_cut(self, dice: random.Random) -> dict[str, bytes]:
        """Return the files as they may be found after the power went, by these dice."""
        keeps = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = dict(self.certain)
        for name in self.changed:
            if dice.random() < keeps:
                if name in self.names:
                    names[name] = self.names[name]
                else:
                    names.pop(name, None)
        return {name: self._found(content, keeps, dice) for name, content in names.items()}

    def whole(self) -> dict[str, bytes]:
        """Return the files as they are while the power stays."""
        for content in self.names.values():
            self._flush(content)
        return {name: bytes(content.durable) for name, content in self.names.items()}

    def _do(self, did: Did, name: str) -> None:
        if did.kind == "make":
            if name not in self.names:
                self.names[name] = _Content()
                self.changed.append(name)
        elif did.kind == "remove":
            self.names.pop(name, None)
            self.changed.append(name)
        elif did.kind == "rename":
            other = Path(did.other).name
            self.names[other] = self.names.pop(name)
            self.changed += [name, other]
        elif did.kind == "sync":
            self._flush(self.names[name])
        else:
            self._pend(self.names[name], did)

    def _pend(self, content: _Content, did: Did) -> None:
        if did.kind == "truncate":
            content.written_size = did.offset
        else:
            offset = content.written_size if did.offset < 0 else did.offset
            did = Did("write", did.path, offset, did.data)
            content.written_size = max(content.written_size, offset + len(did.data))
        content.pending.append(did)

    def _flush(self, content: _Content) -> None:
        for did in content.pending:
            _apply(content.durable, did)
        content.pending = []

    def _certain_names(self) -> None:
        self.certain = dict(self.names)
        self.changed = []

    def _found(self, content: _Content, keeps: float, dice: random.Random) -> bytes:
        found = bytearray(content.durable)
        for did in content.pending:
            if dice.random() < keeps:
                _apply(found, did if did.kind == "truncate" or dice.random() < 0.7 else _torn(did, dice))
        return bytes(found)


def _apply(content: bytearray, did: Did) -> None:
    if did.kind == "truncate":
        del content[did.offset :]
        content.extend(bytes(did.offset - len(content)))
        return
    content.extend(bytes(max(0, did.offset - len(content))))
    content[did.offset : did.offset + len(did.data)] = did.data


def _torn(did: Did, dice: random.Random) -> Did:
    """Keep one run of a write's sectors: its beginning, its end or its middle."""
    sector = dice.choice(_SECTORS)
    edges = range(0, len(did.data) + 1, sector)
    start, end = sorted((dice.choice(edges), dice.choice(edges)))
    return Did("write", did.path, did.offset + start, did.data[start:end])

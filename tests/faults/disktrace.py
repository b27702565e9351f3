"""Reads what strace wrote of a child into what was done to files, in order, and what was acknowledged in between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Every call by which our programs change a file, and those that say which file a descriptor is.
CALLS = "openat,close,write,pwrite64,lseek,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir"
# Whole contents, as hexadecimal, with the path behind each descriptor.
WORDS = ("-xx", "-y", "-s", "4194304")


@dataclass(frozen=True)
class Did:
    """One thing that was done. ``kind``: write, truncate, sync, make, remove, rename (to ``other``) or acknowledge."""

    kind: str
    path: str = ""
    offset: int = 0
    data: bytes = b""
    other: str = ""


@dataclass
class _File:
    """An open descriptor: its path, where the next plain write goes, and whether that is always the end."""

    path: str
    place: int = 0
    is_appending: bool = False


_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?")
_UNFINISHED = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)$")
_FD = re.compile(r"^(\d+)<([^>]*)>")


def read_trace(text: str) -> list[Did]:
    """Return what was done, in the order in which the calls came back; calls that failed did nothing."""
    return list(_Reader().read(_whole_lines(text)))


class _Reader:
    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._sizes: dict[str, int] = {}

    def read(self, lines: Iterable[str]) -> Iterator[Did]:
        for line in lines:
            match = _CALL.match(line)
            if match is None:
                continue
            _, call, words, result, at = match.groups()
            if int(result) >= 0:
                yield from self._done(call, words, int(result), _plain(at or ""))

    def _done(self, call: str, words: str, result: int, at: str) -> Iterator[Did]:
        if call == "openat":
            yield from self._opened(words, result, at)
        elif call == "close":
            self._files.pop(_descriptor(words)[0], None)
        elif call == "lseek":
            self._file(words).place = result
        elif call in {"write", "pwrite64"}:
            yield self._written(call, words, result)
        elif call == "ftruncate":
            yield Did("truncate", _descriptor(words)[1], int(words.rpartition(",")[2]))
        elif call in {"fsync", "fdatasync"}:
            yield Did("sync", _descriptor(words)[1])
        elif call.startswith("unlink"):
            yield Did("remove", _strings(words)[-1])
        elif call.startswith("rename"):
            yield Did("rename", _strings(words)[0], other=_strings(words)[1])
        elif call == "writev":
            yield Did("acknowledge", data=b"".join(_texts(words)))

    def _opened(self, words: str, descriptor: int, at: str) -> Iterator[Did]:
        self._files[descriptor] = _File(at, is_appending="O_APPEND" in words)
        if "O_CREAT" in words:
            yield Did("make", at)
        if "O_TRUNC" in words:
            yield Did("truncate", at, 0)

    def _written(self, call: str, words: str, count: int) -> Did:
        file = self._file(words)
        data = _texts(words)[0][:count]
        if call == "pwrite64":
            return Did("write", file.path, int(words.rpartition(",")[2]), data)
        offset = -1 if file.is_appending else file.place
        file.place += count
        return Did("write", file.path, offset, data)

    def _file(self, words: str) -> _File:
        number, path = _descriptor(words)
        return self._files.setdefault(number, _File(path))


def _whole_lines(text: str) -> Iterator[str]:
    """Put a call that another thread's interrupted together again, where it came back."""
    begun: dict[str, str] = {}
    for line in text.splitlines():
        if match := _UNFINISHED.match(line):
            thread, call, words = match.groups()
            begun[thread] = f"{thread} {call}({words}"
        elif match := _RESUMED.match(line):
            thread, _, rest = match.groups()
            yield begun.pop(thread, f"{thread} lost(") + rest
        else:
            yield line


def _descriptor(words: str) -> tuple[int, str]:
    match = _FD.match(words)
    return (int(match[1]), _plain(match[2])) if match else (-1, "")


def _strings(words: str) -> list[str]:
    return [text.decode() for text in _texts(words)]


def _texts(words: str) -> list[bytes]:
    return [_bytes(each) for each in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', words)]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _plain(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text

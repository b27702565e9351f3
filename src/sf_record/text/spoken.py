"""Codes that can be read aloud over a telephone, or copied: letters not easily mistaken, each line with its own check.

32 letters and digits without I, L, O and U. A line has 19 of them and a twentieth that checks them together with the
line's number, so that whoever takes it down learns which line was misheard, and lines in the wrong order are noticed.
"""

from __future__ import annotations

from hashlib import sha256

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_GROUP, _LINE = 5, 20
_CHECK_BYTES = 3

REQUEST, ANSWER = b"\1", b"\2"  # what a code is, as its first byte
_REQUEST_BYTES = 32 + 16


class MisreadError(Exception):
    """A code was not taken down as it was given; ``line`` counts from 1, and is 0 where the whole does not fit."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def request_code(public_key: bytes, vault: bytes) -> str:
    """Return the code with which a laptop asks for its data key sealed to this key (32 bytes); a vault's id has 16."""
    return spoken(REQUEST, public_key + vault)


def read_request(text: str) -> tuple[bytes, bytes]:
    """Return the public key and the vault's id of a request code."""
    content = heard(REQUEST, text)
    if len(content) != _REQUEST_BYTES:
        raise MisreadError(0)
    return content[:32], content[32:]


def spoken(what: bytes, content: bytes) -> str:
    """Return bytes as lines of four groups."""
    whole = what + content
    whole += sha256(whole).digest()[:_CHECK_BYTES]
    number = int.from_bytes(whole + bytes(-len(whole) % 5), "big")
    count = -(-len(whole) * 8 // 5)
    padded = -(-len(whole) // 5) * 8
    letters = "".join(_LETTERS[number >> (5 * (padded - 1 - at)) & 31] for at in range(count))
    lines = [letters[at : at + _LINE - 1] for at in range(0, len(letters), _LINE - 1)]
    return "\n".join(_grouped(line + _check(at, line)) for at, line in enumerate(lines, start=1))


def heard(what: bytes, text: str) -> bytes:
    """Return what was given as :func:`spoken`; ``MisreadError`` names the line. Case, spaces, dashes do not matter."""
    letters = "".join(each for each in text.upper().translate(_MISREAD) if each.isalnum())
    lines = [letters[at : at + _LINE] for at in range(0, len(letters), _LINE)]
    for at, line in enumerate(lines, start=1):
        if len(line) < 2 or any(each not in _LETTERS for each in line) or _check(at, line[:-1]) != line[-1]:
            raise MisreadError(at)
    data = "".join(line[:-1] for line in lines)
    number = 0
    for each in data:
        number = number << 5 | _LETTERS.index(each)
    size = len(data) * 5 // 8
    whole = (number >> (len(data) * 5 - size * 8)).to_bytes(size, "big")
    content, check = whole[:-_CHECK_BYTES], whole[-_CHECK_BYTES:]
    if content[:1] != what or sha256(content).digest()[:_CHECK_BYTES] != check:
        raise MisreadError(0)
    return content[1:]


def _check(at: int, line: str) -> str:
    return _LETTERS[sha256(f"{at}:{line}".encode()).digest()[0] & 31]


def _grouped(line: str) -> str:
    return " ".join(line[at : at + _GROUP] for at in range(0, len(line), _GROUP))

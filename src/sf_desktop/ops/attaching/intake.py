"""Decides what becomes of a file that somebody wants to attach: by its content, never by its name.

Taken and shown; kept sealed and not opened, with the reason; or not taken, with the reason. Nothing is decoded here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from sf_desktop.ops.attaching import pictures
from sf_desktop.wording import error
from sf_record.wire.rounds import ATTACHMENT_BYTES

MOST_MEMORY = 80_000_000  # what decoding one picture may take; a larger JPEG is read smaller from the start
MOST_JPEG_PIXELS = 64_000_000
MOST_PASSES = 100
MOST_WORK = 600_000_000  # pixels times passes
MOST_SIDE = 30_000
MOST_TITLE = 120

# Reasons for which a file is kept and not opened, as they stand in the record.
CLOSED = {
    "too_many_pixels": "It has so many pixels that opening it could stop this laptop",
    "cut": "Its end is missing, or it is not built as such a file is",
    "two_in_one": "Another file is hidden behind the picture",
    "active": "It holds a program, or parts that act by themselves",
    "locked": "It is locked with a password",
    "heic": (
        "HEIC pictures are not shown: their decoder is under patents, and has let attackers in elsewhere. For pictures"
        " that show here, set the telephone’s camera to JPEG (“Most compatible”)"
    ),
}
_HIDDEN = (b"PK\x03\x04", b"%PDF-", b"<html", b"<script", b"<?php", b"<svg", b"MZ\x90", b"\x7fELF", b"#!/", b"Rar!\x1a")
_ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/SubmitForm", b"/ImportData")
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ", b"L\0\0\0\x01\x14\x02", b"MSCF",
)  # fmt: skip
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|iframe|svg|\?xml|\?php|!--)", re.IGNORECASE)
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))})
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it may be attached. ``closed``: kept and not opened, a code of CLOSED."""

    content: bytes
    media_type: str
    title: str
    closed: str = ""
    taken_at: str = ""
    has_place: bool = False

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown as a picture."""
        return self.media_type in {"image/jpeg", "image/png"} and not self.closed


def take(content: bytes, name: str) -> Taken:
    """Return what may be attached; InputError ``attachment_…`` for what is not taken."""
    if not content:
        raise error("attachment_empty")
    if len(content) > ATTACHMENT_BYTES:
        raise error("attachment_too_large")
    title = title_of(name)
    if content.startswith((pictures.JPEG, pictures.PNG)):
        return _picture(content, title)
    if content.startswith(b"%PDF-"):
        return Taken(content, "application/pdf", title, _closed_pdf(content))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return Taken(content, "image/heic", title, "heic")
    _refuse_known(content)
    return Taken(content, "text/plain", title)


def title_of(name: str) -> str:
    """Return a title made of a file's name: no folders, no ending, no controls or turned writing, never too long."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")[-4_000:]).name).name
    stem = last.rpartition(".")[0] or last
    kept = "".join(each if unicodedata.category(each)[0] != "C" else " " for each in stem)
    words = " ".join(kept.split())[:MOST_TITLE].strip(" .")
    return "" if words.upper() in _DEVICES else words


def _picture(content: bytes, title: str) -> Taken:
    media_type = "image/jpeg" if content.startswith(pictures.JPEG) else "image/png"
    found = pictures.read(content)
    return Taken(content, media_type, title, _closed_picture(found, media_type), found.taken_at, found.has_place)


def _closed_picture(found: pictures.Picture, media_type: str) -> str:
    if not found.is_whole or found.width < 1 or found.height < 1:
        return "cut"
    pixels = found.width * found.height
    is_large = pixels > MOST_JPEG_PIXELS if media_type == "image/jpeg" else found.memory > MOST_MEMORY
    if is_large or max(found.width, found.height) > MOST_SIDE:
        return "too_many_pixels"
    if found.passes > MOST_PASSES or found.passes * pixels > MOST_WORK:
        return "too_many_pixels"
    behind = found.after.lower()
    return "two_in_one" if any(each.lower() in behind for each in _HIDDEN) else ""


def _closed_pdf(content: bytes) -> str:
    """Look for what acts by itself in the parts that can be read; names may be spelled with #-codes."""
    named = _HASHED.sub(lambda found: bytes([int(found.group(1), 16)]), content)
    if any(re.search(re.escape(each) + rb"(?![A-Za-z])", named) for each in _ACTIVE):
        return "active"
    if b"/Encrypt" in named:
        return "locked"
    return "" if b"%%EOF" in content[-4_096:] else "cut"


def _refuse_known(content: bytes) -> None:
    head = content[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK\x03\x04"):
        is_office = any(each in content for each in (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis"))
        raise error("attachment_office" if is_office else "attachment_program")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise error("attachment_office")
    if content.startswith(_PROGRAMS):
        raise error("attachment_program")
    if b"<svg" in content[:65_536].lower():
        raise error("attachment_svg")
    if _MARKUP.match(head):
        raise error("attachment_html")
    if not _is_text(content):
        raise error("attachment_unknown")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(ord(each) < 32 and each not in "\t\r\n\f" for each in text) and "\x7f" not in text

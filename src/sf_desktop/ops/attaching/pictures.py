"""Reads what a photograph says beside its pixels, and takes things out of it: its segments, never its pixels.

JPEG segments (ITU T.81), PNG chunks (ISO 15948) and the TIFF directory of Exif (CIPA DC-008), as far as size, how it is
turned, when it was taken and where. Everything is bounded by what is there: a lie in a length ends the reading.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\0\0"
_KEPT_JPEG = frozenset({0xE0, 0xEE})  # JFIF and Adobe: without them colours are wrong. The rest of APPn is not pixels
_KEPT_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"IDAT", b"IEND"})
_PLACE_PNG = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt"})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TURNED, _TAKEN, _EXIF_AT, _GPS_AT = 0x0112, 0x9003, 0x8769, 0x8825
_MOST_ENTRIES = 500
_MOST_PARTS = 20_000
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # within pixels: not a stuffed byte, a filler or a restart
_FILLERS = re.compile(rb"\xff{2,}")
_PLACES = (b"GPSLatitude", b"GPSLongitude")
_PIXEL_BYTES = {0: 1, 2: 3, 3: 4, 4: 2, 6: 4}  # channels by PNG's colour type; a palette is decoded to four


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says of itself. ``memory`` is what decoding it takes; ``passes`` how often it goes over them.

    ``is_whole``: its segments follow one another to its end; ``after`` is what stands behind that end.
    """

    width: int = 0
    height: int = 0
    memory: int = 0
    passes: int = 1
    turned: int = 1  # Exif's orientation, 1 to 8
    taken_at: str = ""  # "2026:11:23 09:30:00", as the camera wrote it
    has_place: bool = False
    is_whole: bool = False
    after: bytes = b""


def read(content: bytes) -> Picture:
    """Return what a JPEG or PNG says of itself."""
    return _read_jpeg(content) if content.startswith(JPEG) else _read_png(content)


def plain(content: bytes) -> bytes:
    """Return the picture with its pixels only, for decoding: no profile, text or thumbnail reaches a decoder."""
    if content.startswith(JPEG):
        return _rebuilt_jpeg(content, lambda marker, _body: not 0xE0 <= marker <= 0xEF or marker in _KEPT_JPEG)
    return _rebuilt_png(content, _KEPT_PNG, without=False)


def without_place(content: bytes) -> bytes:
    """Return the picture without what says where it was taken; how it is turned and when it was taken stay."""
    if not content.startswith(JPEG):
        return _rebuilt_png(content, _PLACE_PNG, without=True)
    made = _rebuilt_jpeg(content, lambda marker, body: marker not in {0xE1, 0xED} or body.startswith(_EXIF))
    for each in _segments(made):
        if each.marker == 0xE1 and each.body.startswith(_EXIF):
            made = made[: each.begin + 4] + _blanked(each.body) + made[each.end :]
    return made


@dataclass(frozen=True, slots=True)
class _Segment:
    """One part of a JPEG. The pixels that follow the start of a scan belong to it, so the parts lie without a gap."""

    marker: int
    begin: int
    end: int
    body: bytes


def _segments(content: bytes) -> Iterator[_Segment]:
    place = 2
    for _ in range(_MOST_PARTS):
        if (fillers := _FILLERS.match(content, place)) is not None:
            place = fillers.end() - 1
        head = content[place : place + 4]
        if len(head) < 2 or head[0] != 0xFF or head[1] in {0x00, 0xD8}:
            return
        if head[1] == 0xD9:
            yield _Segment(0xD9, place, place + 2, b"")
            return
        length = int.from_bytes(head[2:4], "big")
        end = place + 2 + length
        if length < 2 or end > len(content):
            return
        body = content[place + 4 : end]
        if head[1] == 0xDA:
            following = _MARKER.search(content, end)
            if following is None:
                return
            end = following.start()
        yield _Segment(head[1], place, end, body)
        place = end


def _read_jpeg(content: bytes) -> Picture:
    found = Picture(passes=0)
    for each in _segments(content):
        body = each.body
        if each.marker in _FRAMES and len(body) >= 6:
            height, width = struct.unpack(">HH", body[1:5])
            found = replace(found, width=width, height=height, memory=width * height * 4)
        elif each.marker == 0xE1 and body.startswith(_EXIF):
            found = _with_exif(found, body[len(_EXIF) :])
        elif each.marker == 0xE1 and any(name in body for name in _PLACES):
            found = replace(found, has_place=True)
        elif each.marker == 0xDA:
            found = replace(found, passes=found.passes + 1)
        elif each.marker == 0xD9:
            found = replace(found, is_whole=found.passes > 0, after=content[each.end :])
    return found


def _rebuilt_jpeg(content: bytes, is_kept: Callable[[int, bytes], bool]) -> bytes:
    parts = [content[each.begin : each.end] for each in _segments(content) if is_kept(each.marker, each.body)]
    return content[:2] + b"".join(parts)


def _read_png(content: bytes) -> Picture:
    found = Picture()
    for name, start, body in _chunks(content):
        if name == b"IHDR" and len(body) == 13:
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            pixel = max(4, _PIXEL_BYTES.get(colour, 4) * (2 if depth == 16 else 1))
            found = replace(found, width=width, height=height, memory=width * height * pixel)
        elif name == b"eXIf":
            found = _with_exif(found, body)
        elif name in _PLACE_PNG and any(place in body for place in _PLACES):
            found = replace(found, has_place=True)
        elif name == b"IEND":
            found = replace(found, is_whole=True, after=content[start + 4 :])
    return found


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    place = len(PNG)
    for _ in range(_MOST_PARTS):
        if place + 12 > len(content):
            return
        length = int.from_bytes(content[place : place + 4], "big")
        if place + 12 + length > len(content):
            return
        name = content[place + 4 : place + 8]
        yield name, place + 8 + length, content[place + 8 : place + 8 + length]
        if name == b"IEND":
            return
        place += 12 + length


def _rebuilt_png(content: bytes, names: frozenset[bytes], *, without: bool) -> bytes:
    made = bytearray(PNG)
    for name, end, body in _chunks(content):
        if (name in names) != without:
            made += content[end - len(body) - 8 : end + 4]
    return bytes(made)


def _with_exif(found: Picture, tiff: bytes) -> Picture:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return found
    first = dict(_entries(tiff, order, struct.unpack(f"{order}I", tiff[4:8])[0]))
    turned = first.get(_TURNED, (0, 0, b"\1\0" if order == "<" else b"\0\1"))[2]
    taken = ""
    if _EXIF_AT in first:
        inner = dict(_entries(tiff, order, _number(order, first[_EXIF_AT][2])))
        taken = _text(tiff, order, inner.get(_TAKEN))
    has_place = _GPS_AT in first and any(_entries(tiff, order, _number(order, first[_GPS_AT][2])))
    way = struct.unpack(f"{order}H", turned[:2])[0] if len(turned) >= 2 else 1
    return replace(
        found,
        turned=way if 1 <= way <= 8 else 1,
        taken_at=taken or found.taken_at,
        has_place=found.has_place or has_place,
    )


def _entries(tiff: bytes, order: str, at: int) -> Iterator[tuple[int, tuple[int, int, bytes]]]:
    """Yield tag, and (type, count, value or its place) of one directory."""
    if at + 2 > len(tiff):
        return
    (count,) = struct.unpack(f"{order}H", tiff[at : at + 2])
    for number in range(min(count, _MOST_ENTRIES)):
        entry = tiff[at + 2 + number * 12 : at + 14 + number * 12]
        if len(entry) < 12:
            return
        tag, kind, values = struct.unpack(f"{order}HHI", entry[:8])
        yield tag, (kind, values, entry[8:])


def _number(order: str, value: bytes) -> int:
    return int(struct.unpack(f"{order}I", value)[0])


def _text(tiff: bytes, order: str, entry: tuple[int, int, bytes] | None) -> str:
    if entry is None or entry[0] != 2 or not 4 < entry[1] <= 40:
        return ""
    at = _number(order, entry[2])
    return tiff[at : at + entry[1]].rstrip(b"\0").decode("ascii", "replace")


def _blanked(body: bytes) -> bytes:
    """Return an Exif segment whose directory of the place is empty, the values it led to overwritten."""
    tiff = bytearray(body[len(_EXIF) :])
    order = {b"II": "<", b"MM": ">"}.get(bytes(tiff[:2]))
    if order is None or len(tiff) < 8:
        return body
    first = dict(_entries(bytes(tiff), order, struct.unpack(f"{order}I", tiff[4:8])[0]))
    if _GPS_AT not in first:
        return body
    at = _number(order, first[_GPS_AT][2])
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
    entries = list(_entries(bytes(tiff), order, at))
    for _, (kind, count, value) in entries:
        length = sizes.get(kind, 1) * count
        start = _number(order, value)
        if length > 4 and start + length <= len(tiff):
            tiff[start : start + length] = bytes(length)
    end = min(len(tiff), at + 2 + len(entries) * 12)
    tiff[at:end] = bytes(end - at)
    return _EXIF + bytes(tiff)

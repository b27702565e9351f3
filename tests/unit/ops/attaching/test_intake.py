"""What is read of a picture before it is shown, what the decoder is given; hostile files: faults/rows/hostile.py."""

from __future__ import annotations

import struct

from sf_desktop.ops.attaching import pictures
from sf_desktop.ops.attaching.intake import take
from sf_record.kinds.attachment import MEDIA_TYPES
from tests.builders.hostile_files import SAMPLES, jpeg
from tests.builders.pictures import exif, png, with_exif


def test_what_is_known_of_a_picture_is_read_and_the_place_can_go() -> None:
    photograph = with_exif(jpeg(300, 200), exif(turned=6))
    told = pictures.read(photograph)
    assert (told.width, told.height, told.turned, told.taken_at) == (300, 200, 6, "2026:11:20 14:30:00")
    assert told.has_place
    without = pictures.without_place(photograph)
    left = pictures.read(without)
    assert (left.has_place, left.turned, left.taken_at) == (False, 6, "2026:11:20 14:30:00")
    assert struct.pack("<II", 52, 1) not in without, "the degrees are gone, not only the way to them"
    assert pictures.read(pictures.without_place(png(more=((b"eXIf", exif()),)))).has_place is False


def test_the_decoder_is_given_pixels_only() -> None:
    photograph = with_exif(jpeg(300, 200), exif())
    assert b"Exif" not in pictures.plain(photograph)
    assert b"zTXt" not in pictures.plain(png(more=((b"zTXt", b"a\0\0x"),)))


def test_every_type_that_is_taken_is_one_that_the_record_knows() -> None:
    taken = {take(content, "x").media_type for content, what in SAMPLES.values() if not what.startswith("attachment_")}
    assert taken <= set(MEDIA_TYPES)

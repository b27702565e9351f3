"""Sixty files that mean harm, names that lie, and a process that looks at them as the window does, and measures."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.builders.pictures import chunk, exif, png, with_exif

MOST_BYTES, MOST_S = 200 * 1024 * 1024, 2.0
TEXT = b"a\0\0" + zlib.compress(bytes(4_000_000), 9)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def bomb(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that unpacks to far more than it weighs."""
    row = 1 + width * (depth // 8) * {0: 1, 2: 3, 6: 4}[colour]
    packer = zlib.compressobj(1)
    rows = min(height, 80_000_000 // row)  # what is too large is never unpacked, so its rows need not all be there
    packed = b"".join(packer.compress(bytes(row)) for _ in range(rows)) + packer.flush()
    return SIGNATURE + header(width, height, depth, colour) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, scans: int = 1) -> bytes:
    """The parts of a JPEG around nothing: its sizes are what it says, its pixels are not there."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x00\x11\x22"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + scan * scans + b"\xff\xd9"


def pdf(inside: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<" + inside + b">>\nendobj\n%%EOF\n"


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(12)


def zipped(name: bytes) -> bytes:
    return b"PK\x03\x04" + bytes(22) + struct.pack("<HH", len(name), 0) + name + b"pretend"


# name: (file, what becomes of it: "" shown, a code of CLOSED, or the error's code)
SAMPLES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "attachment_empty"),
    "too_large": (b"\xff\xd8\xff" + bytes(25 * 1024 * 1024), "attachment_too_large"),
    "one_byte": (b"\x00", "attachment_unknown"),
    "zeros": (bytes(1_000_000), "attachment_unknown"),
    "png_signature_alone": (SIGNATURE, "cut"),
    "png_header_alone": (SIGNATURE + header(10, 10), "cut"),
    "png_cut": (png()[:-20], "cut"),
    "png_no_pixels": (SIGNATURE + header(0, 0) + chunk(b"IEND", b""), "cut"),
    "png_wide": (bomb(40_000, 1), "too_many_pixels"),
    "png_tall": (bomb(1, 40_000), "too_many_pixels"),
    "png_bomb": (bomb(30_000, 30_000), "too_many_pixels"),
    "png_large_numbers": (
        SIGNATURE + header(2**31 - 1, 2**31 - 1) + chunk(b"IDAT", b"") + chunk(b"IEND", b""), "too_many_pixels"
    ),
    "png_bomb_16_bit": (bomb(8_000, 4_000, 16, 6), "too_many_pixels"),
    "png_just_fits": (bomb(4_400, 4_400), ""),
    "png_lies_about_rows": (bomb(100, 20_000), ""),
    "png_length_beyond_end": (SIGNATURE + struct.pack(">I", 2**31) + b"IHDR" + bytes(13), "cut"),
    "png_wrong_sums": (png().replace(b"IDAT", b"IDAU"), ""),
    "png_text_bomb": (png(more=((b"zTXt", TEXT),) * 200), ""),
    "png_profile_bomb": (png(more=((b"iCCP", b"a\0\0" + zlib.compress(bytes(20_000_000), 9)),)), ""),
    "png_many_chunks": (png(more=tuple((b"tEXt", b"a\0b") for _ in range(30_000))), "cut"),
    "png_palette_lies": (png(more=((b"PLTE", bytes(3)),)), ""),
    "png_then_zip": (png() + zipped(b"x"), "two_in_one"),
    "png_then_html": (png() + b"<html><script>alert(1)</script>", "two_in_one"),
    "png_then_pdf": (png() + pdf(b""), "two_in_one"),
    "png_then_program": (png() + b"\x7fELF" + bytes(100), "two_in_one"),
    "png_with_place": (png(more=((b"eXIf", exif()),)), ""),
    "jpeg_start_alone": (b"\xff\xd8\xff", "cut"),
    "jpeg_cut": (jpeg(100, 100)[:-2], "cut"),
    "jpeg_no_pixels": (b"\xff\xd8\xff\xd9", "cut"),
    "jpeg_bomb": (jpeg(65_000, 65_000), "too_many_pixels"),
    "jpeg_many_pixels": (jpeg(20_000, 20_000), "too_many_pixels"),
    "jpeg_many_scans": (jpeg(4_000, 4_000, 5_000), "too_many_pixels"),
    "jpeg_without_pixels_inside": (jpeg(500, 500), ""),
    "jpeg_height_nought": (jpeg(100, 0), "cut"),
    "jpeg_segment_lies": (b"\xff\xd8\xff\xe0\xff\xff" + bytes(10), "cut"),
    "jpeg_length_nought": (b"\xff\xd8\xff\xe0\x00\x00" * 100, "cut"),
    "jpeg_then_zip": (jpeg(50, 50) + zipped(b"evil"), "two_in_one"),
    "jpeg_then_php": (jpeg(50, 50) + b"<?php system(1); ?>", "two_in_one"),
    "jpeg_exif_loop": (with_exif(jpeg(50, 50), b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0"), ""),
    "jpeg_exif_far_away": (with_exif(jpeg(50, 50), b"II*\0\xff\xff\xff\xff"), ""),
    "jpeg_exif_many": (with_exif(jpeg(50, 50), b"II*\0\x08\0\0\0\xff\xff" + bytes(60_000)), ""),
    "jpeg_all_fillers": (b"\xff\xd8" + b"\xff" * 2_000_000, "cut"),
    "jpeg_tiny_segments": (b"\xff\xd8" + b"\xff\xe1\x00\x02" * 500_000, "cut"),
    "gif": (b"GIF89a" + bytes(100), "attachment_unknown"),
    "tiff": (b"II*\0" + bytes(100), "attachment_unknown"),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "attachment_unknown"),
    "heic": (heic(), "heic"),
    "movie": (struct.pack(">I", 24) + b"ftypmp42" + bytes(12), "attachment_unknown"),
    "svg": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "attachment_svg"),
    "svg_behind_xml": (b"<?xml version='1.0'?><!-- x --><svg onload='x'/>", "attachment_svg"),
    "html": (b"\xef\xbb\xbf  <!DOCTYPE html><script>x</script>", "attachment_html"),
    "html_upper": (b"<SCRIPT>x</SCRIPT>", "attachment_html"),
    "xml_bomb": (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>", "attachment_html"),
    "docx": (zipped(b"word/vbaProject.bin"), "attachment_office"),
    "odt": (zipped(b"mimetypeapplication/vnd.oasis.opendocument.text"), "attachment_office"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "attachment_office"),
    "rtf": (b"{\\rtf1\\object}", "attachment_office"),
    "zip": (zipped(b"x.exe"), "attachment_program"),
    "exe": (b"MZ\x90\x00" + bytes(200), "attachment_program"),
    "elf": (b"\x7fELF" + bytes(200), "attachment_program"),
    "script": (b"#!/bin/sh\nrm -rf pretend\n", "attachment_program"),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), "attachment_program"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(50), "attachment_program"),
    "pdf_script": (pdf(b"/OpenAction <</S /JavaScript /JS (x)>>"), "active"),
    "pdf_script_in_codes": (pdf(b"/S /J#61va#53cript"), "active"),
    "pdf_launch": (pdf(b"/S /Launch /F (cmd)"), "active"),
    "pdf_with_a_file": (pdf(b"/Names <</EmbeddedFiles 2 0 R>> /Type /EmbeddedFile"), "active"),
    "pdf_locked": (pdf(b"/Encrypt 3 0 R"), "locked"),
    "pdf_cut": (b"%PDF-1.7\n1 0 obj", "cut"),
    "pdf_quiet": (pdf(b"/Type /Catalog"), ""),
    "text_with_nul": (b"hello\0world", "attachment_unknown"),
    "text_with_escape": (b"\x1b[2Jhello", "attachment_unknown"),
    "text_not_utf8": (b"\xff\xfehello", "attachment_unknown"),
    "text_turned": ("Pretend \u202e turned".encode(), ""),
}  # fmt: skip

# name of a file: its title
NAMES: dict[str, str] = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\somebody\\IMG 1.JPG": "IMG 1",
    "photo\u202egpj.exe": "photo gpj",
    "a\0b.png": "ab",
    "NUL.png": "",
    "com1.txt": "",
    "....": "",
    "\n\r\t.png": "",
    "x" * 1_000_000: "x" * 120,
    "Kitchen, 3 Nov.jpeg": "Kitchen, 3 Nov",
}

PROGRAM = """
import json, sys, time
from sf_desktop.ops.attaching import pictures
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ui.attach.decoding import decode
from sf_record.errors import SfError
def peak():
    (line,) = [each for each in open("/proc/self/status") if each.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
told = {}
for name in sys.argv[2:]:
    content = open(f"{sys.argv[1]}/{name}", "rb").read()
    began = time.process_time()
    what = "shown"
    try:
        taken = take(content, name)
        if taken.is_picture:
            for side in (112, 4096):
                decode(content, taken.media_type, side)
            pictures.without_place(content)
        else:
            what = taken.closed or "kept"
    except SfError as error:
        what = error.code
    told[name] = (what, time.process_time() - began, peak())
    del content
print(json.dumps(told))
"""


def parts(names: list[str], count: int) -> Iterator[list[str]]:
    for at in range(count):
        yield names[at::count]


def told_of(folder: Path, names: list[str], program: str = PROGRAM) -> dict[str, tuple[str, float, int]]:
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder), *names], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    found: dict[str, tuple[str, float, int]] = json.loads(ran.stdout)
    return found

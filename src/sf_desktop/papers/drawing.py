"""Draws one page of a PDF in a process of its own, which holds no keys, opens no file and ends after it.

The file comes on standard input, the pixels leave on standard output. Before the first byte of it is read by PDFium the
process gives up opening files, writing them, starting others, and more memory or time than a page may take. PDFium is
built without JavaScript, no form is set up, and nothing is done with a link.

::

    in   page 4 | most pixels of a side 4 | the file
    out  pages 4 | width 4 | height 4 | letters 4 | pixels (4 bytes each, BGRX) | letters of UTF-8
"""

from __future__ import annotations

import codecs
import ctypes
import struct
import sys

import pypdfium2 as pdfium

if sys.platform != "win32":
    import resource

ASKED, DRAWN = struct.Struct(">II"), struct.Struct(">IIII")
MOST_MEMORY = 180_000_000
MOST_CPU_S = 2
MOST_LETTERS = 20_000
MOST_PAGES = 5_000
MOST_SIDE = 4_096
_PDEATHSIG, _DUMPABLE = 1, 4
_RESOLUTION = 150 / 72  # pixels for a point, where the page is not larger than asked for


def main() -> int:
    """Draw what standard input asks for; 1 where it cannot be drawn, and nothing is said of why."""
    _keep_to_itself()
    asked = sys.stdin.buffer.read()
    _give_up()
    try:
        sys.stdout.buffer.write(_drawn(asked))
        sys.stdout.buffer.flush()
    except Exception:  # noqa: BLE001 - whatever it is, it is the file's
        return 1
    return 0


def _drawn(asked: bytes) -> bytes:
    number, most_side = ASKED.unpack_from(asked)
    document = pdfium.PdfDocument(asked[ASKED.size :])
    pages = len(document)
    if not 0 <= number < pages <= MOST_PAGES:
        raise ValueError("no such page")
    page = document[number]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError("no size")
    scale = min(_RESOLUTION, min(most_side, MOST_SIDE) / max(width, height))
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True, may_draw_forms=False)
    row = bitmap.width * 4
    pixels = bytes(bitmap.buffer)
    if bitmap.stride != row:
        pixels = b"".join(pixels[at : at + row] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    letters = _letters(page)
    return DRAWN.pack(pages, bitmap.width, bitmap.height, len(letters)) + pixels + letters


def _letters(page: pdfium.PdfPage) -> bytes:
    """Return what is written on a page, for whoever has it read aloud; nothing where it is a picture."""
    try:
        written = page.get_textpage()
        count = min(written.count_chars(), MOST_LETTERS)
        text = written.get_text_range(0, count) if count > 0 else ""
    except Exception:  # noqa: BLE001 - a page that can be seen and not read is shown all the same
        return b""
    return "".join(each for each in text if each.isprintable() or each in "\n\t").encode("utf-8", "ignore")


def _keep_to_itself() -> None:
    """Before anything of the file is here: nobody looks in, and it ends with whoever asked."""
    if sys.platform == "linux":
        this = ctypes.CDLL(None)
        this.prctl(_DUMPABLE, 0, 0, 0, 0)
        this.prctl(_PDEATHSIG, 9, 0, 0, 0)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _give_up() -> None:
    """On Windows only the time is limited, by whoever waits."""
    codecs.lookup("utf-16-le")  # Python reads it from a file when text is first asked for: later no file is opened
    if sys.platform == "win32":
        return
    for what, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_CPU, MOST_CPU_S),
        (resource.RLIMIT_DATA, MOST_MEMORY),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    raise SystemExit(main())

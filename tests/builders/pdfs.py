"""Makes PDFs by hand: plain ones, and ones made to take much memory, much time, or another way out."""

from __future__ import annotations

import zlib

A4 = "0 0 595 842"


def pdf(*contents: bytes, box: str = A4, more: tuple[bytes, ...] = (), resources: str = "", page: str = "") -> bytes:
    """Return a PDF with one page for each content stream; ``more`` are objects from number 100 on."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(contents)))
    parts = {
        1: b"<</Type /Catalog /Pages 2 0 R>>",
        2: f"<</Type /Pages /Kids [{kids}] /Count {len(contents)}>>".encode(),
        3: b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    }
    for number, content in enumerate(contents):
        at = 10 + 2 * number
        head = f"/Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources <</Font <</F1 3 0 R>> {resources}>> {page}"
        parts[at] = f"<<{head} /Contents {at + 1} 0 R>>".encode()
        parts[at + 1] = stream(content)
    parts |= dict(enumerate(more, start=100))
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(parts.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    tail = b"xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size 1000 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (table, len(out))


def stream(content: bytes, words: str = "") -> bytes:
    """Return a stream object, packed."""
    packed = zlib.compress(content, 9)
    return f"<<{words} /Length {len(packed)} /Filter /FlateDecode>>\nstream\n".encode() + packed + b"\nendstream"


def said(text: str) -> bytes:
    """Return a page's content with one line of text."""
    return f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()


def _image(width: int, height: int, bits: int = 8) -> bytes:
    words = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
    return stream(bytes(1_000), f"{words} /BitsPerComponent {bits}")


def _nested(depth: int) -> tuple[bytes, ...]:
    """Forms of which each draws the next ten times."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    forms = []
    for number in range(depth):
        inner = b"/X Do " * 10 if number + 1 < depth else b"0 0 9 9 re f"
        inside = f"/Resources <</XObject <</X {101 + number} 0 R>>>>" if number + 1 < depth else ""
        forms.append(stream(inner, f"{form} {inside}"))
    return tuple(forms)


_SELF = stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 100 0 R>>>>")
_X = "/XObject <</X 100 0 R>>"
_LINK = b"<</Type /Annot /Subtype /Link /Rect [0 0 600 800] /A <</S /URI /URI (file:///etc/passwd)>>>>"
_OPENS = b"/Type /Catalog /OpenAction <</S /URI /URI (http://127.0.0.1:9/)>>"
_ELSEWHERE = b"<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /F (/etc/passwd) /Length 0>>\nstream\n\nendstream"
_SHADE = b"<</ShadingType 1 /ColorSpace /DeviceRGB /Function 101 0 R /Domain [0 1 0 1]>>"
_CALC = stream(b"{ " + b"dup mul " * 4_000 + b"}", "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]")
EVIL = {
    "a page of 200,000 points": pdf(said("x"), box="0 0 200000 200000"),
    "a page of no size": pdf(said("x"), box="0 0 0 0"),
    "a page without end": pdf(said("x"), box="0 0 1e30 1e30"),
    "a thin page": pdf(said("x"), box="0 0 1 100000"),
    "a picture of 60,000 by 60,000": pdf(b"600 0 0 800 0 0 cm /X Do", more=(_image(60_000, 60_000),), resources=_X),
    "a picture of 12,000 by 12,000": pdf(b"600 0 0 800 0 0 cm /X Do", more=(_image(12_000, 12_000),), resources=_X),
    "a form in itself": pdf(b"/X Do", more=(_SELF,), resources=_X),
    "forms in forms": pdf(b"/X Do", more=_nested(12), resources=_X),
    "ten million strokes": pdf(b"0 0 m 600 800 l S\n" * 10_000_000),
    "text without end": pdf(b"BT /F1 9 Tf " + b"(Pretend words) Tj " * 3_000_000 + b"ET"),
    "200 MB of nothing": pdf(b" " * 200_000_000),
    "a shading that calculates": pdf(b"/S sh", more=(_SHADE, _CALC), resources="/Shading <</S 100 0 R>>"),
    "pages in themselves": pdf(said("x")).replace(b"/Kids [10 0 R]", b"/Kids [ 2 0 R]"),
    "no pages": pdf(),
    "a table of nonsense": pdf(said("x")).replace(b"xref\n", b"xfer\n"),
    "cut in the middle": pdf(said("x"))[:300] + b"%%EOF",
    "a link to a file": pdf(said("x"), more=(_LINK,), page="/Annots [100 0 R]"),
    "opens a page of the web": pdf(said("x")).replace(b"/Type /Catalog", _OPENS),
    "contents from a file": pdf(b"/X Do", more=(_ELSEWHERE,), resources=_X),
}

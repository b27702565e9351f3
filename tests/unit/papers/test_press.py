"""What a paper becomes is read back with other programs: tagged, titled without a name, whole, and stamped."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from sf_desktop.papers import letters, press
from sf_desktop.papers.paper import Mark, Paper, Section, Stamp, Table
from sf_record.errors import SfError
from tests.builders.fonts import font
from tests.builders.papers import STAMP, a_paper, page_count, squeezed, tags_of, text_of

MARKUP = '*bold* _it_ #panic("x") $x^2$ <label> @ref [a] // not a comment /* nor this */ \\ `code` = no heading'


def test_it_is_a_tagged_pdf_ua_in_british_english() -> None:
    made = press.pdf(a_paper(), STAMP)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert said["dc:title"] == "Visit record"
    tags = tags_of(made)
    assert tags.count("/H1") == 1
    assert "/H2" in tags
    assert "/P" in tags


def test_a_table_and_a_list_are_tagged_as_such() -> None:
    table = Table(("When", "What"), (("May 2020", "Moved house"),), (1, 3))
    tags = tags_of(press.pdf(a_paper(sections=(Section("All", items=("One",), table=table),)), STAMP))
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/LBody"} <= set(tags)


def test_every_page_says_what_kind_of_paper_it_is_who_took_it_and_which_copy() -> None:
    made = press.pdf(a_paper("\n".join(f"Line {n}" for n in range(200))), STAMP)
    count = page_count(made)
    assert count > 2
    pages = text_of(made).split("\f")[:count]
    for number, page in enumerate(pages, start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Pretend council" in page
        assert "P. Example · Monday 23 November 2026, 09:00 · Copy 12" in page
        assert f"Page {number} of {count}" in page


def test_a_preview_is_not_a_copy() -> None:
    preview = Stamp(council="Pretend council", service="S", printed_by="P. Example", printed_at="today")
    read = text_of(press.pdf(a_paper(), preview))
    assert "Preview, not a copy" in read
    assert "Copy 0" not in read


def test_a_draft_says_so_in_its_text_and_across_every_page() -> None:
    draft = press.pdf(a_paper(is_draft=True), STAMP)
    assert "This has not been signed." in text_of(draft)
    final = press.pdf(a_paper(), STAMP)
    assert "This has not been signed." not in text_of(final)
    assert squeezed(text_of(draft)).count("DRAFT") == squeezed(text_of(final)).count("DRAFT") + 1


def test_large_print_is_18_point() -> None:
    large = Stamp(council="C", service="S", printed_by="P", printed_at="now", copy=1, is_large=True)
    words = "Pretend words " * 200
    assert page_count(press.pdf(a_paper(words), large)) > page_count(press.pdf(a_paper(words), STAMP))
    assert 18.0 in _sizes(press.pdf(a_paper(), large))
    assert 18.0 not in _sizes(press.pdf(a_paper(), STAMP))


def _sizes(pdf: bytes) -> set[float]:
    """Return the sizes of the letters that are set."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            float(each.operands[1])
            for page in opened.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "Tf"
        }


def test_markup_stands_as_it_was_typed() -> None:
    assert squeezed(MARKUP) in squeezed(text_of(press.pdf(a_paper(MARKUP), STAMP)))


def test_markup_stands_as_it_was_typed_wherever_it_is() -> None:
    paper = Paper(
        title="T",
        heading=f"1{MARKUP}",
        under=(f"2{MARKUP}",),
        marks=(Mark(f"3{MARKUP}", f"4{MARKUP}"),),
        sections=(
            Section(f"5{MARKUP}", lines=((f"6{MARKUP}", f"7{MARKUP}"),), items=(f"8{MARKUP}",)),
            Section(table=Table((f"9{MARKUP}",), ((f"10{MARKUP}",),)), to_sign=(f"11{MARKUP}",)),
            Section(empty=f"12{MARKUP}"),
        ),
    )
    read = squeezed(text_of(press.pdf(paper, STAMP)))
    for number in range(1, 13):
        assert f"{number}{squeezed(MARKUP)}" in read, number


def test_200_000_characters_are_all_there() -> None:
    words = [f"w{number:05}" for number in range(28_500)]
    text = " ".join(words)
    assert len(text) > 199_000
    read = text_of(press.pdf(a_paper(text), STAMP))
    assert re.findall(r"w\d{5}", read) == words


def test_a_word_longer_than_the_paper_is_wide_is_all_there_on_the_paper() -> None:
    word = "".join(f"{number:04}" for number in range(1_000))
    made = press.pdf(a_paper(sections=(Section(table=Table(("A", "B", "C"), ((word, "x", "y"),))),)), STAMP)
    read = text_of(made)
    assert page_count(made) > 1  # it went down the paper, not off its edge
    assert re.findall(r"(?<!\S)\d{16,}(?!\S)", read) == re.findall(r".{1,24}", word)


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Ştefan Țurcanu", "Siân Ó Súilleabháin", "Олена Ґалаґан", "Ελένη", "Nguyễn Thị Bích", "Zoë"],
)
def test_names_of_many_languages_are_printed(name: str) -> None:
    read = text_of(press.pdf(a_paper(f"Her name is {name}."), STAMP))
    assert squeezed(f"Her name is {name}.") in squeezed(read)
    assert "cannot be printed" not in read


@pytest.mark.parametrize(
    "name", ["مريم محمد", "שרה", "नेहा", "নেহা", "ਹਰਪ੍ਰੀਤ", "નેહા", "தமிழ்", "ሰላም", "ნინო", "Արամ", "สมชาย"]
)
def test_names_in_other_scripts_are_drawn(name: str) -> None:
    assert letters.printable(name) == (name, frozenset())
    assert "cannot be printed" not in text_of(press.pdf(a_paper(name), STAMP))


def test_what_cannot_be_drawn_is_said_and_not_lost_silently() -> None:
    read = text_of(press.pdf(a_paper("Her name is 张伟 😀"), STAMP, ()))
    assert "Her name is □□ □" in read
    assert "Some characters cannot be printed here" in read
    assert "U+5F20" in squeezed(read)
    assert "U+1F600" in squeezed(read)


def test_what_a_font_of_the_computer_draws_is_drawn_embedded_and_tagged(tmp_path: Path) -> None:
    (tmp_path / "wqy-microhei.ttc").write_bytes(font("张伟"))
    (tmp_path / "of somebody.ttf").write_bytes(font("😀"))  # not one that is looked for: nothing is drawn with it
    paper = a_paper("Her name is 张伟 😀")
    made = press.pdf(paper, STAMP, (tmp_path, tmp_path / "no such folder"))
    read = text_of(made)
    assert "Her name is 张伟 □" in read
    assert "U+1F600" in squeezed(read)
    assert "U+5F20" not in squeezed(read)
    with pikepdf.open(io.BytesIO(made)) as opened:
        fonts = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        assert any("PretendSquare" in str(each.FontName) for each in fonts)
        assert "/MarkInfo" in opened.Root
    assert press.pictures(paper, STAMP, 60, (tmp_path,)).pictures != press.pictures(paper, STAMP, 60, ()).pictures


def test_a_broken_font_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "wqy-microhei.ttc").write_bytes(b"ttcf" + b"\xff" * 40)
    (tmp_path / "NotoColorEmoji.ttf").mkdir()
    assert "Her name is □□" in text_of(press.pdf(a_paper("Her name is 张伟"), STAMP, (tmp_path,)))


@pytest.mark.parametrize(
    "turning", ["\u202e", "\u202d", "\u2067", "\u2069", "\x00", "\x07", "\ue000", "\ud800", "\uffff"]
)
def test_what_would_turn_or_end_a_text_is_a_square(turning: str) -> None:
    read = text_of(press.pdf(a_paper(f"safe{turning}egafas"), STAMP))
    assert "safe□egafas" in read


def test_an_accent_stays_with_its_letter_in_a_long_word() -> None:
    word = "e\u0301" * 40
    plain, missing = letters.printable(word)
    assert plain.replace(letters.BREAK, "") == word
    assert not missing
    assert all(not piece.startswith("\u0301") for piece in plain.split(letters.BREAK))


def test_what_goes_wrong_says_no_word_of_the_record() -> None:
    with pytest.raises(SfError) as caught:
        press.pdf(a_paper("Pretend secret", template="not-there"), STAMP)
    assert caught.value.code == "paper_not_set"
    with pytest.raises(SfError) as caught:
        press.pdf(a_paper(sections=(Section(lines=(("Pretend secret",),)),)), STAMP)  # type: ignore[arg-type]
    assert caught.value.code == "paper_not_set"
    shown: BaseException | None = caught.value
    while shown is not None:
        assert "secret" not in f"{shown!r} {shown}"
        shown = shown.__cause__
    assert caught.value.__suppress_context__


_PANICS = """
import sys
from threading import Thread
from sf_desktop.papers import press
from sf_record.errors import SfError
from tests.builders.papers import STAMP, a_paper

def panics():
    try:
        press.pictures(a_paper(), STAMP, ppi=10**9)
    except SfError as error:
        print(error.code + "\\n", end="", flush=True)  # in one piece: there are two of them

print("before", file=sys.stderr, flush=True)
both = [Thread(target=panics) for _ in range(2)]
for each in both:
    each.start()
for each in both:
    each.join()
print("after", file=sys.stderr, flush=True)
"""


def test_a_press_that_panics_prints_nothing_into_the_journal() -> None:
    """It says by itself, past Python, why and where, and what it says of a text may quote it."""
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{root}:{root / 'src'}"}
    done = subprocess.run([sys.executable, "-c", _PANICS], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "paper_not_set\npaper_not_set\n")
    assert done.stderr == "before\nafter\n"


def test_nothing_is_written_while_a_paper_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    press.pdf(a_paper("Pretend secret"), STAMP)
    press.pictures(a_paper("Pretend secret"), STAMP)
    assert list(tmp_path.iterdir()) == []


def test_the_same_copy_is_the_same_file() -> None:
    assert press.pdf(a_paper(), STAMP) == press.pdf(a_paper(), STAMP)


def test_there_is_a_picture_of_every_page() -> None:
    paper = a_paper("\n".join(f"Line {n}" for n in range(120)))
    shown = press.pictures(paper, STAMP, 50).pictures
    assert len(shown) == page_count(press.pdf(paper, STAMP))
    assert all(each.startswith(b"\x89PNG") for each in shown)


def test_the_words_for_a_screen_reader_hold_everything() -> None:
    paper = Paper(
        title="T",
        heading="Heading",
        under=("Under",),
        marks=(Mark("Lead", "Why"),),
        told=("Drawn",),
        sections=(
            Section("Part", "Text", (("Question", "Answer"),), ("Item",), Table(("When", "Who"), (("May", ""),))),
            Section("Signing", to_sign=("Parent",)),
            Section("Bare", empty="Nothing"),
        ),
    )
    words = paper.words()
    for each in ("Heading", "Under", "Lead. Why", "Drawn", "Part", "Text", "Question: Answer", "• Item", "When: May"):
        assert each in words
    assert "To be signed by Parent" in words
    assert words.endswith("Bare\nNothing")
    assert "Who:" not in words


def test_a_familys_copy_does_not_say_that_it_is_to_be_destroyed() -> None:
    assert "destroy it as confidential waste" in " ".join(text_of(press.pdf(a_paper(), STAMP)).split())
    theirs = " ".join(text_of(press.pdf(a_paper(is_for_family=True), STAMP)).split())
    assert "destroy" not in theirs
    assert "This copy is for the family it is about." in theirs

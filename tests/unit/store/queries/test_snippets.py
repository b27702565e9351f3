"""A snippet is cut around the first word that was looked for, however it is written there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sf_desktop.store.queries.search import marker_of, snippet

WORDS = ("school", "School", "SCHOOL", "schools", "preschool", "scHOOL", "home", "Home", "at", "the")


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(("school", "Scho", "home school", "home ")))
def test_the_first_word_in_a_usual_spelling_is_found_and_any_other_where_there_is_none(
    words: list[str], typed: str
) -> None:
    text, marker = " ".join(words), marker_of(typed)
    found = marker.first(text)
    usual = [
        each for each in marker.pattern.finditer(text) if each[0].islower() or each[0].istitle() or each[0].isupper()
    ]
    expected = usual[0] if usual else marker.pattern.search(text)
    assert (found and found.span()) == (expected and expected.span())


def test_what_is_marked_is_what_was_looked_for() -> None:
    pieces = snippet("The bus was late. SCHOOL rang, and school will ring again.", marker_of("school"))
    assert [text for text, is_word in pieces if is_word] == ["SCHOOL", "school"]
    assert "".join(text for text, _ in pieces) == "The bus was late. SCHOOL rang, and school will ring again."

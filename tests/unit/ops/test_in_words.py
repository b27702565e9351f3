"""Answers in words: what somebody ended with a full stop of their own is not given a second one."""

from __future__ import annotations

import pytest

from sf_desktop.ops.in_words import one_after_another


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("Words: I want to be on time.", "A day: School"), "Words: I want to be on time. A day: School"),
        (("Who asked?", "Mum"), "Who asked? Mum"),
        (("Seen alone: Yes", "", "Bedroom seen: No "), "Seen alone: Yes. Bedroom seen: No"),
        ((), ""),
    ],
)
def test_each_sentence_ends_once(parts: tuple[str, ...], said: str) -> None:
    assert one_after_another(parts) == said

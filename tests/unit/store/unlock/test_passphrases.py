"""Passphrases: long enough, not the first thing anybody would try, and judged in plain words."""

from __future__ import annotations

import pytest

from sf_desktop.store.unlock.passphrases import Strength, check_passphrase, denied, problems, strength
from sf_record.errors import InputError


@pytest.mark.parametrize(
    "easy",
    [
        "password1234", "Password2026!", "P@ssw0rdP@ssw0rd", "qwertyuiop123", "qwertyasdfgh", "1qaz2wsx3edc",
        "aaaaaaaaaaaaaaa", "abababababab", "123456789012", "abcdefghijklm", "Cumberland2026", "CouncilCouncil1",
        "StrengtheningFamilies", "socialworker2026!", "letmeinletmein", "correct horse battery", "January2026!!",
        "2026-2026-2026", "            ", "kettlekettle" * 2, "!!!!!!!!!!!!!!!!",
    ],
)  # fmt: skip
def test_what_anybody_would_try_is_refused(easy: str) -> None:
    if easy.startswith("kettle"):
        assert problems(easy, known=("kettle",))
        return
    assert problems(easy)
    assert strength(easy) is Strength.TOO_EASY


@pytest.mark.parametrize(
    "good",
    ["pretend kettle orbit lantern", "wombat-thimble-gravel", "Zq7!mvPe2#xLd", "un caf\u00e9 tranquille \u00e0 minuit"],
)
def test_unrelated_words_and_random_letters_are_taken(good: str) -> None:
    assert problems(good) == ()
    check_passphrase(good)
    assert strength(good) is not Strength.TOO_EASY


def test_the_sign_in_name_is_refused_however_it_is_dressed() -> None:
    assert problems("Wibblethorpe1999!", known=("p.wibblethorpe",))
    assert problems("Wibblethorpe1999!") == ()


def test_all_that_is_wrong_is_said_at_once_and_nothing_that_was_typed_is_repeated() -> None:
    with pytest.raises(InputError) as caught:
        check_passphrase("password")
    messages = [problem.message for problem in caught.value.fields]
    assert len(messages) == 2
    assert "Use at least 12 characters: this has 8." in messages
    assert not any("password" in message for message in messages)


def test_more_words_are_stronger() -> None:
    order = list(Strength)
    shorter, longer = strength("wombat thimble"), strength("wombat thimble gravel orbit kettle")
    assert order.index(shorter) < order.index(longer)
    assert longer is Strength.STRONG


def test_the_list_is_ours_and_clean() -> None:
    assert len(denied()) > 1000
    assert all(word == word.lower() and word.isalpha() for word in denied())

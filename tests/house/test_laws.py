"""Every law of the house holds in every file, and each would see its breach."""

from __future__ import annotations

import ast

import pytest

from tests.house.laws import LAWS, Law
from tests.house.tree import ROOT, Module, everything

each_law = pytest.mark.parametrize("law", LAWS, ids=[law.name for law in LAWS])


@each_law
def test_the_law_holds(law: Law) -> None:
    found = [place for module in everything() if law.covers(module) for place in law.find(module)]
    assert not found, "\n".join(["", *found, f"-> {law.instead}"])


@each_law
def test_a_breach_would_be_seen(law: Law) -> None:
    breach = Module(ROOT / law.breach_at, law.breach, ast.parse(law.breach))
    assert law.covers(breach)
    assert list(law.find(breach))

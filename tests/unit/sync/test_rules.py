"""docs/sync.md names a test for every rule; each of them is there."""

from __future__ import annotations

import ast
import re

from tests.house.tree import ROOT, TESTS


def names_in_tests() -> set[str]:
    return {
        node.name
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_rule_has_its_test() -> None:
    rules = (ROOT / "docs" / "sync.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", rules))
    assert named
    assert not named - names_in_tests()


def test_no_rule_is_without_a_test() -> None:
    rules = (ROOT / "docs" / "sync.md").read_text("utf-8")
    paragraphs = re.split(r"\n\n", rules)
    numbered = [number for number, each in enumerate(paragraphs) if re.match(r"\d+\.\d+\. ", each)]
    assert len(numbered) > 30
    assert not [paragraphs[number][:5] for number in numbered if "`test_" not in paragraphs[number]]

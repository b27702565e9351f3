"""The pages say what is so: each file, test, route, table, word and key that one of them names is there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from sf_council.app import create_app
from sf_council.settings import Settings
from sf_desktop.ui.kit.access.actions import SHORTCUTS
from sf_record.kinds import KINDS
from tests.builders.offices import open_vault
from tests.house.laws import OF_ROUNDS
from tests.house.tree import ROOT

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
HELP = sorted((ROOT / "resources" / "help").glob("*.md"))
FOLDERS = ("src", "tests", "docs", "benchmarks", "script", "resources", "installer")
each_page = pytest.mark.parametrize("page", PAGES, ids=[each.stem for each in PAGES])

ROOMY = (
    "sf_desktop/store",
    "sf_desktop/ops",
    "sf_desktop/ui",
    "sf_desktop/ui/kit",
    "sf_record",
    "sf_council/api",
    "sf_council/database",
)

FILE = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|csv|typ|toml))`")
TEST = re.compile(r"`(test_\w+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:Page Down|Page Up|[\w;/]+)|\bF\d\d?\b")
PLAIN_KEYS = {"Shift+Enter"}  # of the one line in which it is told
INNER = re.compile(r"_(data|idx|content|docsize|config|vocab)$")  # what a search index is made of


@cache
def files() -> tuple[str, ...]:
    """Every file of the checkout, with a slash before it."""
    found = (each for folder in FOLDERS for each in (ROOT / folder).rglob("*") if each.is_file())
    return tuple("/" + each.relative_to(ROOT).as_posix() for each in (*found, *ROOT.glob("*.*")))


@cache
def named_tests() -> frozenset[str]:
    paths = tuple((ROOT / "tests").rglob("test_*.py"))
    defined = re.compile(r"^ *def (test_\w+)\(", re.MULTILINE)
    return frozenset(name for path in paths for name in (path.stem, *defined.findall(path.read_text("utf-8"))))


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    part = (ROOT / "docs" / page).read_text("utf-8").partition(heading)[2]
    table = part[part.index("\n|") + 1 :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()][2:]


@each_page
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [name for name in FILE.findall(text) if not any(each.endswith("/" + name) for each in files())] == []
    beside = [link for link in LINK.findall(re.sub(r"`[^`]*`", "", text)) if not link.startswith("http")]
    assert [link for link in beside if not (page.parent / link).exists()] == []


@each_page
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    assert set(TEST.findall(page.read_text("utf-8"))) <= named_tests()


def test_every_page_is_listed() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    there = {each.name for each in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert set(re.findall(r"\]\((\w+\.md)\)", index)) == there


def test_the_table_of_the_interface_has_every_route_and_no_other(tmp_path: Path) -> None:
    app = create_app(Settings(database=str(tmp_path / "council.sqlite"), data=tmp_path / "keys"))
    served = {(method.upper(), path) for path, each in app.openapi()["paths"].items() for method in each}
    told = set()
    for first, *_ in rows("architecture.md", "## The council's API"):
        for path in re.findall(r"`([^`?]+)\??[^`]*`", first):
            told |= {(method, path) for method in re.findall(r"[A-Z]+", first.partition("`")[0])}
    assert told == served


def test_the_table_of_the_vault_has_every_table(tmp_path: Path) -> None:
    connection = open_vault(tmp_path)
    made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    there = {str(each[0]) for each in made if not (INNER.search(str(each[0])) or str(each[0]).startswith("sqlite_"))}
    text = "\n".join(" ".join(row) for row in rows("architecture.md", "## What a vault holds"))
    assert {each for each in there if f"`{each}`" not in text} == set()


def test_every_kind_of_record_and_every_screen_has_its_word() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    words = [row[0] for row in rows("glossary.md", "# Glossary")]
    known = {part.strip().lower() for word in words for part in (word, *word.split(","))}
    assert [each.label for each in KINDS.values() if each.label.lower() not in known] == []
    assert [title for title in screens() if title.lower() not in page.lower()] == []
    order = [word.lower().removeprefix("to ") if word != "to place" else word for word in words]
    assert order == sorted(order)


def test_every_screen_is_told_of_in_the_help() -> None:
    told = "\n".join(re.sub(r"\s+", " ", each.read_text("utf-8")) for each in HELP).lower()
    assert [title for title in screens() if title.lower() not in told] == []


def test_the_help_tells_nobody_of_rounds() -> None:
    assert [each.name for each in HELP if OF_ROUNDS.search(each.read_text("utf-8"))] == []


def screens() -> set[str]:
    """The titles of every screen of the window at work."""
    made = "".join((ROOT / f"src/sf_desktop/{name}.py").read_text("utf-8") for name in ("screens", "deskscreens"))
    found = set(re.findall(r'ScreenPlan\("\w+", "([^"]+)"', made))
    assert len(found) > 20
    return found


def test_every_library_has_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for group, heading in (("desktop", "## The laptop"), ("council", "## The council"), ("dev", "## To test")):
        wanted = {each.replace(" ", "") for each in project["optional-dependencies"][group]}
        told = {
            name + ("" if span == "any" else span): licence for name, span, licence, _ in rows("licences.md", heading)
        }
        assert set(told) == wanted
        assert all(told.values())


def test_the_map_names_every_room() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for folder in ROOMY:
        told = page.partition(f"\n`{folder}`, beside ")[2].partition("\n\n`")[0].partition("\n\n#")[0]
        rooms = {each.parent.name for each in (ROOT / "src" / folder).glob("*/__init__.py")} - {"migrations"}
        assert set(re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)) == rooms, folder


def test_every_key_that_is_told_does_something() -> None:
    known = {key for each in SHORTCUTS for key in each.keys}
    for page in (*HELP, *PAGES):
        told = {key.replace("Page ", "Pg") for key in KEY.findall(page.read_text("utf-8"))}
        assert told <= known | PLAIN_KEYS, page.name

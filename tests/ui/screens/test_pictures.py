"""The pictures in the docs are taken by a command that works, and the page that lists them shows what lies there."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.pictures import EVERY_LOOKS, FOLDER, PAGE, SIZE, page, sitting, take, take_others


def test_pictures_are_taken_and_listed(qapp: QApplication, tmp_path: Path) -> None:
    dark = EVERY_LOOKS[1]
    with sitting(tmp_path, dark) as sitter:
        taken = take(sitter, dark, tmp_path / "pictures", only={"today", "family-people", "draft-note"})
        others = take_others(sitter.window, dark, tmp_path / "pictures")
    assert {each.name for each in taken} == {"today", "family-people", "draft-note"}
    for each in taken:
        image = QImage(str(tmp_path / "pictures" / f"{each.name}-dark.webp"))
        assert (image.width(), image.height()) == SIZE
        assert len({image.pixel(x, y) for x in range(0, SIZE[0], 7) for y in range(0, SIZE[1], 7)}) > 8
        assert image.pixelColor(SIZE[0] - 2, SIZE[1] // 2).lightness() < 128
    assert {"lock", "recovery", "first-run-1", "people", "keys", "read-back"} <= {each.name for each in others}
    told = page([*taken, *others], tmp_path / "pictures")
    assert "![Writing: Note, dark](pictures/screens/draft-note-dark.webp)" in told
    assert "light.webp" not in told


def test_every_picture_of_the_page_is_there() -> None:
    named = set(re.findall(r"\(pictures/screens/([^)]+)\)", PAGE.read_text(encoding="utf-8")))
    assert named == {each.name for each in FOLDER.glob("*")}
    assert len(named) > 250

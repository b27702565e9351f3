"""Paints the program's list with very many rows: ``python -m benchmarks.long_list PLAN`` says how long that took.

The ids and the rows come from a real vault; a list asks for its ids in one query and for the rows that are looked at.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.keyring import MemoryKeyring
from benchmarks.window import Plan


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    print(json.dumps(_paint(plan)), flush=True)


def _paint(plan: Plan) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication

    from sf_desktop.clock import SystemClock
    from sf_desktop.store.folder.home import homes
    from sf_desktop.store.unlock.lockout import Lockout
    from sf_desktop.store.unlock.unlocking import unlock
    from sf_desktop.store.vault import Vault
    from sf_desktop.ui.kit.lists.rows import Column, RowsModel
    from sf_desktop.ui.kit.lists.tables import RowsTable
    from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice

    application = QApplication(sys.argv[:1])
    Theme(application, ThemeChoice("light"), 100)
    (home,) = homes(Path(plan.data) / "vaults")
    secrets = MemoryKeyring.read(Path(plan.keyring)).of(home.vault_id)
    keys = unlock(home, secrets, plan.passphrase, Lockout(home, secrets, SystemClock()))
    vault = Vault.open(home, secrets, keys)

    def ids() -> list[str]:
        rows = vault.read(lambda tx: tx.connection.execute("SELECT id FROM record ORDER BY row DESC").fetchall())
        return [row[0] for row in rows.result()]

    def rows_of(wanted: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT id, title, kind, happened_at FROM record WHERE id IN ({marks})"
        found = vault.read(lambda tx: tx.connection.execute(sql, wanted).fetchall()).result()
        return {row[0]: row for row in found}

    columns = (
        Column("What", lambda row: row[1]),
        Column("Kind", lambda row: row[2]),
        Column("When", lambda row: row[3]),
    )
    model = RowsModel(columns)
    table = RowsTable("Records", model)
    table.resize(1366, 768)
    model.page_wanted.connect(lambda wanted: model.put_rows(rows_of(wanted)))
    table.show()
    application.processEvents()
    started = time.perf_counter()
    model.set_ids(ids())
    while model.row_at(model.index(0, 0)) is None:
        application.processEvents()
    table.repaint()
    application.processEvents()
    took = time.perf_counter() - started
    said = {"painted_s": took, "rows": model.rowCount(), "scroll_maximum": table.verticalScrollBar().maximum()}
    vault.close()
    return said


if __name__ == "__main__":
    main()

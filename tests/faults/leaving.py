"""Lets one family file leave a vault, to the end, from wherever it was broken off."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sf_desktop.store.rounds import release
from sf_desktop.store.tables import records
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from tests.frozen.thaw import LATER

_AT = moment_text(LATER)
_TODAY = _AT[:10]


def let_go(vault: Vault, family_id: str, say: Callable[[str], None]) -> None:
    """Tell, destroy piece by piece, write the vault anew under a new key; ``say`` hears each when it is done."""

    def begin(tx: Tx) -> None:
        is_leaving = any(each.family_id == family_id for each in release.leaving(tx.connection))
        if not is_leaving and records.ids_of_family(tx.connection, family_id):
            release.told(tx.connection, family_id, "closed", "", _AT)

    vault.do(begin).result()
    say("told")
    while vault.do(lambda tx: release.step(tx.connection, _AT, _TODAY)).result().is_more:
        pass
    say("destroyed")
    if vault.read(lambda tx: release.is_due(tx.connection)).result():
        gone = vault.read(lambda tx: release.destroyed_ids(tx.connection)).result()
        generation = vault.rotate_key().result()
        vault.do(lambda tx: release.rekeyed(tx.connection, gone, generation, str(UUID(int=21)), _AT, _AT)).result()
    say("rekeyed")

"""Story 11: two people share one laptop; what one has not sent is kept, unseen by the other, and sent later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.firstrun.joining import Joining, Place
from sf_desktop.ops.household.residents import Residents
from sf_desktop.ops.office import Office
from sf_desktop.session import Session, open_vault, read_opened
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import unlock
from sf_desktop.sync.scheduler import Listener, Wire
from sf_record.dates import moment_text
from sf_record.errors import SfError
from tests.builders.laptops import QUICK
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import MemoryKeyring
from tests.together.weathers import EVERY_SPELL, Spell

FIRST, SECOND = "pretend kettle orbit lantern", "pretend saddle mango thicket"
TEXT = "Pretend words that only their author may read."


class Shared:
    """One laptop of several people: the program's own vaults, sessions and wire."""

    def __init__(self, town: Town, folder: Path, stack: ExitStack) -> None:
        self.town, self.vaults, self.keyring, self._stack = town, folder / "vaults", MemoryKeyring(), stack

    def add(self, username: str, passphrase: str) -> VaultHome:
        """Somebody sets themselves up, and locks."""
        before = set(homes(self.vaults))
        joining = Joining(Place(self.vaults, self.keyring.of, FLOOR), self.town.clock, patience=QUICK)
        joining.greet(self.town.network.address).result(30)
        joining.sign_in(username, PASSWORD, self.town.council.code(username)).result(30)
        joining.create(passphrase).result(30)
        joined = joining.load(lambda _: None).result(30)
        joining.close()
        read_opened(joined.vault)
        joined.vault.close()
        (made,) = set(homes(self.vaults)) - before
        return made

    def unlocked(self, home: VaultHome, passphrase: str) -> tuple[Session, Event]:
        """Somebody unlocks; the event is set once the council has answered."""
        heard = Event()

        def on_wire(wire: Wire) -> None:
            if not wire.is_busy and (wire.heard_at or wire.error):
                heard.set()

        secrets = self.keyring.of(home.vault_id)
        keys = unlock(home, secrets, passphrase, Lockout(home, secrets, self.town.clock))
        session = Session(open_vault(home, secrets, keys), self.town.clock, Listener(on_wire, lambda _: None))
        session.start()
        self._stack.callback(session.close)
        return session, heard


@pytest.fixture
def shared(town: Town, tmp_path: Path) -> Iterator[Shared]:
    with ExitStack() as stack:
        yield Shared(town, tmp_path / "shared", stack)


def write(office: Office, text: str) -> Any:
    body = {"type": "note", "happened_at": moment_text(office.clock.now()), "text": text}
    return writing.create(office, "note", family_ids(office)[0], body, sign=True)


def everything(session: Session) -> str:
    rows = session.vault.read(
        lambda tx: tx.connection.execute(
            "SELECT wire FROM paper UNION ALL SELECT event FROM outbox UNION ALL SELECT body FROM draft"
        ).fetchall()
    )
    return "\n".join(str(each[0]) for each in rows.result(30))


@EVERY_SPELL
def test_story_11_unsent_work_of_one_waits_for_them_while_another_works(
    town: Town, shared: Shared, spell: Spell
) -> None:
    town.council.seed(1, records_per_family=6, seed=9, usernames=("colleague", "supervisor"))
    mine, theirs = shared.add("practitioner", FIRST), shared.add("colleague", SECOND)
    with town.network.offline():
        session, heard = shared.unlocked(mine, FIRST)
        record_id = session.submit(write, TEXT).result(30).record_id
        assert heard.wait(30)
        session.close()
    with spell(town.network):
        other, heard = shared.unlocked(theirs, SECOND)
        assert heard.wait(30)
        assert TEXT not in everything(other)
        assert record_id not in everything(other)
        assert len(other.submit(family_ids).result(30)) == 1
        other.close()
    assert not at_the_council(town, record_id)
    for file in shared.vaults.rglob("*"):
        assert not file.is_file() or TEXT.encode() not in file.read_bytes()
    with spell(town.network):
        again, heard = shared.unlocked(mine, FIRST)
        assert heard.wait(30)
        assert TEXT in everything(again)
    for _ in range(3):  # a round that began in that weather may still be ending
        if not at_the_council(town, record_id):
            heard.clear()
            again.send_now()
            assert heard.wait(30)
    assert at_the_council(town, record_id) == 1


def at_the_council(town: Town, record_id: str) -> int:
    asked = "SELECT count(*) FROM event WHERE record_id = ?"
    return int(town.council.do(lambda c: c.exec_driver_sql(asked, (record_id,)).scalar_one()))


def test_nobody_opens_anothers_vault_and_only_names_are_shown(town: Town, shared: Shared) -> None:
    mine, theirs = shared.add("practitioner", FIRST), shared.add("colleague", SECOND)
    with pytest.raises(SfError) as caught:
        shared.unlocked(theirs, FIRST)
    assert caught.value.code == "wrong_passphrase"
    residents = Residents(shared.vaults, shared.keyring.of)
    found = residents.look().result(30)
    residents.close()
    assert [(each.label, each.folder) for each in found] == [
        ("colleague", theirs.folder.name), ("practitioner", mine.folder.name),
    ]  # fmt: skip
    assert set(type(found[0]).__slots__) == {"folder", "label"}

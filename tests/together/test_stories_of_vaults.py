"""The stories about what a laptop holds when it cannot be opened, or when its worker's team changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from sf_council.cli import main
from sf_council.database.identity import sessions, workers
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records import mending, notes
from sf_desktop.store.ending.setaside import all_set_aside, set_aside
from sf_desktop.store.tables import families
from sf_record.errors import VaultError
from sf_record.wire.tray import Decide
from tests.builders.towns import Town
from tests.builders.vaulted import VaultedLaptop, vaulted
from tests.together.weathers import EVERY, Exchange

SAVED, BEGUN = "Pretend words that were saved.", "Pretend words that were beg"


@EVERY
def test_story_7_a_database_that_cannot_be_opened_is_set_aside_and_nothing_in_it_is_lost(
    town: Town, tmp_path: Path, exchange: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = vaulted(town)
    worker.seal_to(town.council)
    saved = worker.note(SAVED)
    draft = worker.do(notes.start_note, worker.families()[0], "note", BEGUN)
    assert worker.vault.close()
    home = worker.built.home
    damaged = bytearray(home.database.read_bytes())
    damaged[100:4_000] = bytes(3_900)
    home.database.write_bytes(damaged)
    with pytest.raises(VaultError) as refused:
        worker.built.open()
    assert refused.value.code == "vault_damaged"
    assert home.database.read_bytes() == bytes(damaged), "nothing is made anew in its place"
    aside = set_aside(home, tmp_path / "set-aside", town.clock.now())
    assert all_set_aside(tmp_path / "set-aside") == (aside,)
    assert aside.unsent == 2

    again = town.laptop("practitioner")
    exchange(town, again)
    assert again.families() == again.read(lambda c: tuple(sorted(families.complete(c))))
    settings = town.council.settings
    where = ("--database", settings.database, "--data", str(settings.data))
    assert main(["import-sealed", str(aside.home.folder), *where]) == 0
    assert "1  taken" in capsys.readouterr().out
    exchange(town, again)
    assert again.record(saved).body["text"] == SAVED
    supervisor = town.loaded("supervisor")
    (chain,) = supervisor.session.holding()
    assert chain.events[0].fields["text"] == BEGUN
    assert supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    exchange(town, again)
    assert again.record(draft.id).body["text"] == BEGUN


@EVERY
def test_story_16_a_team_that_changes_sends_first_survives_a_failure_and_does_not_loop(
    town: Town, exchange: Exchange
) -> None:
    theirs = set(town.council.seed(3, records_per_family=6, seed=5, usernames=("colleague", "supervisor")))
    supervisor = vaulted(town, "supervisor")
    written_in, begun_in = sorted(set(supervisor.families()) - theirs)
    stays = min(theirs)
    sent = supervisor.note("Written in a file that stays.", stays)
    written = supervisor.note("Written before the team changed.", written_in)
    draft = supervisor.do(notes.start_note, begun_in, "note", "Begun before the team changed.")
    move_to_another_team(town, "supervisor", "colleague")
    exchange(town, supervisor)
    supervisor.release()
    assert supervisor.record(sent).seq > 0
    assert supervisor.do(mending.not_taken) == ()
    held = "SELECT 1 FROM holding WHERE record_id = ?"
    assert town.council.do(lambda c: c.exec_driver_sql(held, (written,)).first()), (
        "it is in the tray, and has its receipt"
    )
    assert supervisor.do(drafting.get, draft.id).body["text"] == "Begun before the team changed."
    assert not is_here(supervisor, written_in)
    assert is_here(supervisor, begun_in), "what is begun keeps its file"
    for _ in range(3):
        with town.network.counted() as traffic:
            supervisor.round()
        assert traffic.requests <= 2
    supervisor.do(drafting.discard, draft.id)
    supervisor.round()
    supervisor.release()
    assert set(supervisor.families()) == theirs
    assert not is_here(supervisor, begun_in)


@EVERY
def test_story_18_the_vault_opens_with_its_own_passphrase_whatever_the_councils_password_is(
    town: Town, exchange: Exchange
) -> None:
    worker = vaulted(town)
    council = town.council
    changed = council.council.passwords.hash("another pretend word")
    who = council.worker("practitioner").id
    council.do(lambda c: workers.set_password(c, council.council.id, who, changed))
    council.do(lambda c: sessions.end_all(c, council.council.id, who, town.clock.now(), "password_changed"))
    before = worker.note(SAVED)
    worker.reopen()
    assert worker.try_round() == "sign_in_expired"
    worker.reopen()
    assert worker.record(before).body["text"] == SAVED
    after = worker.note("Written after the council had asked for the new password.")
    worker.session.sign_in("another pretend word")
    exchange(town, worker)
    assert worker.record(before).seq > 0
    assert worker.record(after).seq > 0


def is_here(laptop: VaultedLaptop, family_id: str) -> bool:
    """Say whether a family file is on the laptop, leaving or not."""
    return laptop.read(families.standing, family_id) is not None


def move_to_another_team(town: Town, *usernames: str) -> None:
    """These work in another team from now on."""
    council = town.council

    def move(connection: Connection) -> None:
        team = workers.add_team(connection, council.council.id, town.clock.now(), "Another pretend team")
        for each in usernames:
            workers.set_team(connection, council.council.id, council.worker_in(connection, each).id, team)

    council.do(move)

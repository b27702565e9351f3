"""A laptop that nobody unlocks obeys its council all the same, and so do vaults that were set aside."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import pytest

from sf_council.cli import main
from sf_council.database.laptop import laptops
from sf_desktop.ops.lease.farewell import tell_councils
from sf_desktop.ops.lease.unattended import Unattended
from sf_desktop.store.ending.setaside import set_aside
from sf_desktop.store.ending.wiping import is_wiped
from sf_desktop.store.folder.folders import roots_set_aside
from sf_desktop.store.lease.beside import read_beside, write_beside
from sf_record.wire.orders import BY_ORDER_LOCKED, WIPE, WipeOrder
from sf_record.wire.rounds import Orders
from tests.builders.houses import House, joined_house, order, orders_of_others, text
from tests.builders.towns import Town
from tests.fakes.network import http_answer

DAY_S = 86_400.0


def unattended(house: House) -> Unattended:
    return Unattended(house.vaults, house.home.set_aside, house.keyring.of, house.town.clock)


@pytest.fixture
def worked(house: House) -> House:
    """It has been at work once, so that its lease lies beside it."""
    house.work()
    return house


def page(town: Town, device_id: str, capsys: pytest.CaptureFixture[str]) -> str:
    settings = town.council.settings
    capsys.readouterr()
    assert main(["device", "show", device_id, "--database", settings.database, "--data", str(settings.data)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("is_watched", [True, False])
def test_a_laptop_that_nobody_unlocks_learns_its_order(
    worked: House, town: Town, capsys: pytest.CaptureFixture[str], *, is_watched: bool
) -> None:
    device_id = worked.identity.device_id
    assert unattended(worked).look_after() == 0
    town.council.revoke(device_id)
    order(town, device_id)
    assert unattended(worked).look_after(worked.home if is_watched else None) == 1
    assert not worked.home.database.exists()
    assert not worked.home.slot_a.exists()
    assert "delivered (lost)" in page(town, device_id, capsys)
    assert tell_councils(worked.vaults, town.clock) == 1
    (said,) = town.council.do(lambda c: laptops.reports(c, town.council.council.id, device_id))
    assert said.why == BY_ORDER_LOCKED
    assert "confirmed (lost)" in page(town, device_id, capsys)


def test_without_a_signal_it_asks_again_later(worked: House, town: Town) -> None:
    order(town, worked.identity.device_id)
    with town.council.offline():
        assert unattended(worked).look_after() == 0
    assert unattended(worked).look_after() == 1


def test_what_is_not_the_councils_own_order_clears_nothing(worked: House, town: Town) -> None:
    said = WipeOrder(device_id=worked.identity.device_id, number=2**52, at="2026-11-23T09:00:00Z", reason="lost")
    council = town.council.council.policy
    forged = orders_of_others(town, said)
    answers = [http_answer(body=msgspec.json.encode(Orders(at=said.at, wipe=each))) for each in forged]
    for answer in (*answers, http_answer("403 Forbidden", b"{}"), http_answer("200 OK", b"<p>Hello", "text/html")):
        with town.network.answering(answer):
            assert unattended(worked).look_after() == 0
    assert not is_wiped(worked.home)
    with town.network.answering(
        http_answer(body=msgspec.json.encode(Orders(at=said.at, wipe=council.sign(WIPE, text(said)))))
    ):
        assert unattended(worked).look_after() == 1


def test_one_that_is_open_is_left_to_its_own_rounds(worked: House, town: Town) -> None:
    order(town, worked.identity.device_id)
    worked.open()
    assert unattended(worked).look_after() == 0
    worked.close()


def test_every_vault_on_the_laptop_is_looked_after_and_no_other_person_s_is_touched(
    worked: House, town: Town, tmp_path: Path
) -> None:
    colleague = joined_house(town, tmp_path, worked.keyring, "colleague")
    colleague.work()
    order(town, colleague.identity.device_id)
    assert unattended(worked).look_after(worked.home) == 1
    assert is_wiped(colleague.home)
    assert worked.work() == (False, "")


def test_a_vault_set_aside_is_cleared_by_its_own_order(worked: House, town: Town) -> None:
    aside = set_aside(worked.home, worked.home.set_aside, town.clock.now())
    order(town, worked.identity.device_id)
    assert unattended(worked).look_after() == 1
    assert is_wiped(aside.home)
    assert not aside.home.database.exists()
    (root,) = roots_set_aside(worked.home.set_aside)
    assert tell_councils(root, town.clock) == 1


def test_a_vault_set_aside_goes_with_the_order_for_the_same_persons_next_one_and_another_persons_stays(
    worked: House, town: Town, tmp_path: Path
) -> None:
    colleague = joined_house(town, tmp_path, worked.keyring, "colleague")
    theirs = set_aside(colleague.home, worked.home.set_aside, town.clock.now())
    mine = set_aside(worked.home, worked.home.set_aside, town.clock.now())
    again = joined_house(town, tmp_path, worked.keyring)
    again.work()
    order(town, again.identity.device_id)
    assert again.work()[0]
    assert is_wiped(mine.home)
    assert not is_wiped(theirs.home)


def test_at_its_leases_end_a_vault_set_aside_is_destroyed_too(worked: House, town: Town) -> None:
    aside = set_aside(worked.home, worked.home.set_aside, town.clock.now())
    town.clock.forward(31 * DAY_S)
    with town.council.offline():
        assert unattended(worked).look_after() == 1
    assert is_wiped(aside.home)


def test_what_an_earlier_program_left_beside_it_asks_nothing_until_the_next_round(worked: House, town: Town) -> None:
    known = read_beside(worked.home, worked.secrets)
    assert known is not None
    old = type(known)(tenure=known.tenure, address=known.address, farewell=known.farewell)
    write_beside(worked.home, worked.secrets, old)
    assert read_beside(worked.home, worked.secrets) == old
    order(town, worked.identity.device_id)
    assert unattended(worked).look_after() == 0


def test_closing_the_program_waits_for_no_council(worked: House, town: Town) -> None:
    asking = unattended(worked)
    with town.network.hanging():
        thread = threading.Thread(target=asking.look_after)
        thread.start()
        while asking._transport is None:
            thread.join(0.01)
        asking.stop()
        thread.join(5)
        assert not thread.is_alive()

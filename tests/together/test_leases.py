"""Lease, revocation and remote wipe with a real council: what opens a laptop, what clears it, and what never does."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_council.database.laptop import laptops
from sf_council.sealing import RECOVERY_ANSWER, seal
from sf_desktop.ops.lease.door import look_at_the_door
from sf_desktop.ops.lease.farewell import tell_councils
from sf_desktop.ops.lease.renewing import hold_to_lease
from sf_desktop.store.ending.wiping import mark_of, wiped_homes
from sf_desktop.store.folder.home import homes
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.reckoning import Term
from sf_desktop.store.lifecycle.recovering import recover, request
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import unlock
from sf_record.errors import VaultError
from sf_record.text.spoken import ANSWER, read_request, spoken
from sf_record.wire.orders import WIPE, Signed, WipeOrder, to_sign
from sf_record.wire.rounds import Orders
from tests.builders.houses import House, order, text
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import FailingSecrets
from tests.fakes.network import http_answer

PATIENCE_S = 30
NEW = "pretend ladder autumn pebble"


def days(count: float) -> float:
    return timedelta(days=count).total_seconds()


def test_a_laptop_that_was_away_too_long_opens_once_it_has_spoken_to_the_council(house: House, town: Town) -> None:
    town.clock.forward(days(8))
    with town.council.offline():
        assert house.refused() == "lease_locked"
    house.enter()
    with town.council.offline():
        house.enter()


def test_the_sign_in_that_ran_out_too_is_made_at_the_lock_screen(house: House, town: Town) -> None:
    town.council.configure(lease_wipe_days=90)
    house.enter()
    assert house.work() == (False, "")
    town.clock.forward(days(40))
    assert house.refused() == "lease_sign_in"
    assert house.refused("not the password") == "sign_in_refused"
    house.enter(PASSWORD)


def test_what_the_lock_screen_must_know_lies_beside_the_vault(house: House, town: Town) -> None:
    house.work()
    tenure = look_at_the_door(house.home, house.secrets, town.clock)
    assert tenure is not None
    assert tenure.term is Term.OPEN
    assert house.identity.device_id.encode() not in house.home.lease.read_bytes()
    town.clock.forward(days(4))
    tenure = look_at_the_door(house.home, house.secrets, town.clock)
    assert tenure is not None
    assert tenure.term is Term.WARN
    house.home.lease.write_bytes(b"\0" * 80)
    assert look_at_the_door(house.home, house.secrets, town.clock) is None
    town.clock.forward(days(4))
    with town.council.offline():
        assert house.refused() == "lease_locked"  # the vault's own copy knows


def test_at_the_end_of_its_lease_a_laptop_is_cleared_and_tells_when_it_is_online(house: House, town: Town) -> None:
    house.work()
    vaults = house.vaults
    town.clock.forward(days(31))
    home, secrets = house.home, house.secrets
    with town.council.offline():
        with pytest.raises(VaultError) as ended:
            look_at_the_door(home, secrets, town.clock)
        assert ended.value.code == "lease_ended"
        assert homes(vaults) == ()
        assert tell_councils(vaults, town.clock) == 0
    assert tell_councils(vaults, town.clock) == 1
    assert tell_councils(vaults, town.clock) == 0
    (said,) = town.council.do(lambda c: laptops.reports(c, town.council.council.id, house.identity.device_id))
    assert said.why == "lease_end"


def test_a_clock_put_on_wipes_nothing_before_a_second_start_agrees(house: House, town: Town) -> None:
    house.work()
    town.clock.set(town.clock.now() + timedelta(days=60))
    with town.council.offline():
        look_at_the_door(house.home, house.secrets, town.clock)
        assert house.refused() == "lease_doubted"
    town.clock.set(town.clock.now() - timedelta(days=60))
    town.clock.restart()
    tenure = look_at_the_door(house.home, house.secrets, town.clock)
    assert tenure is not None
    assert tenure.doubted == ""
    assert tenure.term is Term.LOCKED  # time never goes down: the council says how late it is
    town.clock.forward(60)
    house.enter()
    with town.council.offline():
        house.enter()


def test_an_order_reaches_a_laptop_at_work_and_is_confirmed(house: House, town: Town) -> None:
    house.enter()
    made = order(town, house.identity.device_id)
    vaults, council_id = house.vaults, town.council.council.id
    assert house.work() == (True, "wiped")
    assert homes(vaults) == ()
    (left,) = wiped_homes(vaults)
    assert left.farewell.number == made.number
    assert tell_councils(vaults, town.clock) == 1
    (row,) = town.council.do(lambda c: laptops.orders(c, council_id, made.device_id))
    assert row.delivered_at is not None
    (said,) = town.council.do(lambda c: laptops.reports(c, council_id, made.device_id))
    assert (said.why, said.number) == ("order", made.number)


@pytest.mark.parametrize("shut", ["revoked", "disabled"])
def test_an_order_reaches_a_laptop_that_takes_part_in_rounds_no_longer(house: House, town: Town, shut: str) -> None:
    def shut_out() -> None:
        if shut == "revoked":
            town.council.revoke(house.identity.device_id)
        else:
            town.council.disable("practitioner")

    shut_out()
    code = "device_revoked" if shut == "revoked" else "worker_disabled"
    assert house.work() == (False, code)  # a refusal alone clears nothing
    town.clock.forward(days(8))
    assert house.refused() == code
    assert homes(house.vaults) != ()
    order(town, house.identity.device_id)
    vaults = house.vaults
    assert house.refused() == "wiped"
    assert homes(vaults) == ()


def test_what_is_not_the_council_s_own_order_for_this_laptop_clears_nothing(house: House, town: Town) -> None:
    house.enter()
    vault = house.open()
    ledger = VaultLedger(vault, town.clock)
    tenure = vault.read(lambda tx: tenures.in_vault(tx.connection)).result()
    assert tenure is not None
    number = tenure.lease.number
    right = WipeOrder(device_id=house.identity.device_id, number=number + 1, at=tenure.lease.at, reason="lost")
    policy, forger = town.council.council.policy, Ed25519PrivateKey.generate()
    good = policy.sign(WIPE, text(right))
    lease = policy.sign("lease", text(right))
    forged = Signed(text=text(right), signature=base64.b64encode(forger.sign(to_sign(WIPE, text(right)))).decode())
    for signed in (
        policy.sign(WIPE, text(replace(right, device_id=town.council.new_id()))),
        policy.sign(WIPE, text(replace(right, number=number))),
        policy.sign(WIPE, text(replace(right, number=1))),
        policy.sign(WIPE, "{}"),
        policy.sign(WIPE, "<html>Forbidden</html>"),
        replace(good, text=text(replace(right, number=number + 2))),
        replace(good, signature=""),
        replace(good, signature="%%%"),
        lease,
        forged,
    ):
        ledger.hear(Orders(at=tenure.lease.at, wipe=signed))
        assert ledger.ordered is None
    ledger.hear(Orders(at=tenure.lease.at, wipe=good))
    assert ledger.ordered == right
    assert mark_of(house.home) is None


def test_a_pretend_vault_has_no_lease(house: House, town: Town) -> None:
    town.clock.forward(days(400))
    vault = house.open()
    hold_to_lease(vault, replace(house.identity, is_pretend=True), town.clock)


ANSWERS = (
    http_answer("401 Unauthorized"),
    http_answer("403 Forbidden", b"<html>Forbidden</html>", "text/html"),
    http_answer("403 Forbidden", b'{"code":"device_revoked","title":"Revoked"}', "application/problem+json"),
    http_answer("410 Gone", b'{"code":"wipe","title":"Wipe"}', "application/problem+json"),
    http_answer("500 Internal Server Error", b'{"wipe":true}'),
    http_answer("503 Service Unavailable", b"", headers="Retry-After: 1\r\n"),
    http_answer("200 OK", b"<html>Welcome to our wireless network</html>", "text/html"),
    http_answer("200 OK", b'{"at":"2026-11-23T09:00:00Z","wipe":{"text":"{}","signature":""}}'),
    b"",
)


def test_whatever_else_answers_clears_nothing_at_work_or_at_the_lock_screen(house: House, town: Town) -> None:
    house.work()
    town.clock.forward(days(8))
    for answer in ANSWERS:
        with town.network.answering(answer):
            is_wiped, _ = house.work()
            assert not is_wiped, answer
            house.refused()
        assert homes(house.vaults) != (), answer
        assert mark_of(house.home) is None, answer
    house.enter()


def test_a_recovery_that_is_cut_off_anywhere_is_made_again_with_the_same_answer(house: House, town: Town) -> None:
    home, keyring = house.home, house.keyring
    code = request(home, house.secrets)
    public, vault_id = read_request(code)
    dek = open_vault_key(house)
    answer = spoken(ANSWER, seal(public, dek, RECOVERY_ANSWER + vault_id))
    cut = 0
    for after in range(40):
        secrets = FailingSecrets(keyring, home.vault_id, after=after)
        try:
            recover(home, secrets, answer, NEW, FLOOR).forget()
        except VaultError:
            cut += 1
        else:
            break
    assert 3 < cut < 39
    lockout = Lockout(home, house.secrets, town.clock)
    unlock(home, house.secrets, NEW, lockout).forget()


def open_vault_key(house: House) -> bytes:
    keys = house.keys()
    dek = bytes(keys.dek)
    keys.forget()
    return dek


def test_a_full_disk_keeps_nobody_from_their_records(house: House, town: Town, tmp_path: Path) -> None:
    house.work()
    home = house.home
    blocked = home.lease.with_name("lease.new")
    blocked.mkdir()  # where a new file would be written none can be
    tenure = look_at_the_door(home, house.secrets, town.clock)
    assert tenure is not None
    assert tenure.term is Term.OPEN
    vault = house.open()
    vault.do(
        lambda tx: tx.connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON meta BEGIN SELECT RAISE (ABORT, 'full'); END"
        )
    ).result()
    hold_to_lease(vault, house.identity, town.clock)
    vault.do(lambda tx: tx.connection.execute("DROP TRIGGER full")).result()
    blocked.rmdir()

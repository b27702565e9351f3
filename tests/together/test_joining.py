"""A laptop's first run against a real council: every step, tried again where the network failed it."""

from __future__ import annotations

from uuid import UUID

import pytest

from sf_council.database.laptop import devices
from sf_desktop.ops.firstrun.joining import Joining, Place, Progress
from sf_desktop.store.folder.home import homes
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.tables import tokens
from sf_record.errors import SfError
from tests.builders.laptops import QUICK
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import FailingSecrets, MemoryKeyring

PASSPHRASE = "pretend kettle orbit lantern"


@pytest.fixture
def joining(town, tmp_path):
    place = Place(tmp_path / "vaults", MemoryKeyring().of, FLOOR)
    joining = Joining(place, town.clock, patience=QUICK)
    yield joining
    joining.close()


def code_of(future) -> str:
    with pytest.raises(SfError) as caught:
        future.result(30)
    return caught.value.code


def test_a_new_laptop_joins(town, joining) -> None:
    assert joining.greet(town.network.address).result(30).name == "Pretend County Council"
    offer = joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30)
    assert (offer.families, offer.until) == (2, "30 November 2026")
    assert joining.judge("practitioner").problems
    assert not joining.judge(PASSPHRASE).problems
    joining.create(PASSPHRASE).result(30)
    told: list[Progress] = []
    joined = joining.load(told.append).result(30)
    try:
        assert told[-1].done == told[-1].total == 2
        kept = joined.vault.read(lambda tx: tokens.identity(tx.connection)).result()
        assert kept == joined.identity
        families = joined.vault.read(
            lambda tx: tx.connection.execute("SELECT count(*) FROM record WHERE kind = 'family'").fetchone()
        ).result()
        assert families == (2,)
    finally:
        joined.vault.close()
    slot = town.council.do(
        lambda c: town.council.council and _slot(c, town.council.council.id, joined.identity.device_id)
    )
    assert slot


def _slot(connection, council_id, device_id):

    return devices.slot(connection, council_id, device_id)


def test_a_lost_answer_to_enrolling_is_asked_for_again(town, joining) -> None:
    joining.greet(town.network.address).result(30)
    code = town.council.code("practitioner")
    with town.network.cut(down=10):
        assert code_of(joining.sign_in("practitioner", PASSWORD, code)) == "council_away"
    assert joining.sign_in("practitioner", PASSWORD, code).result(30).families == 2


def test_a_wrong_code_is_said_and_can_be_mended(town, joining) -> None:
    joining.greet(town.network.address).result(30)
    assert code_of(joining.sign_in("practitioner", PASSWORD, "WRONG")) == "sign_in_refused"
    assert joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30).families == 2


def test_a_load_that_is_cut_goes_on(town, joining) -> None:
    joining.greet(town.network.address).result(30)
    joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30)
    joining.create(PASSPHRASE).result(30)
    with town.network.offline():
        assert code_of(joining.load(lambda _: None)) == "council_away"
    joined = joining.load(lambda _: None).result(30)
    joined.vault.close()


def test_an_address_that_is_no_council_is_said(joining) -> None:
    assert code_of(joining.greet("http://council.example")) == "address_refused"
    assert code_of(joining.greet("https://council.invalid")) == "offline"


def test_enrolment_keeps_no_password(town, joining, tmp_path) -> None:
    joining.greet(town.network.address).result(30)
    code = town.council.code("practitioner")
    joining.sign_in("practitioner", PASSWORD, code).result(30)
    joining.create(PASSPHRASE).result(30)
    joined = joining.load(lambda _: None).result(30)
    kept = joined.vault.read(lambda tx: tx.connection.execute("SELECT name, value FROM secret").fetchall()).result()
    joined.vault.close()
    for secret in (PASSWORD, code, PASSPHRASE):
        assert not any(secret.encode() in bytes(value) for _, value in kept)
        for file in tmp_path.joinpath("vaults").rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_a_keyring_that_goes_away_while_the_vault_is_made_leaves_none_that_is_nobodys(town, tmp_path) -> None:
    """It would be offered at the lock screen for ever, beside the one that is made next, and open for nobody."""
    keyring = MemoryKeyring()
    tries: dict[UUID, FailingSecrets] = {}

    def secrets_of(vault_id):
        """Each vault's lasts one step longer than the one before."""
        return tries.setdefault(vault_id, FailingSecrets(keyring, vault_id, "keyring_failed", after=len(tries)))

    joining = Joining(Place(tmp_path / "vaults", secrets_of, FLOOR), town.clock, patience=QUICK)
    try:
        joining.greet(town.network.address).result(30)
        joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30)
        while len(tries) < 100:
            failed = joining.create(PASSPHRASE).exception(30)
            if failed is None:
                break
            assert isinstance(failed, SfError)
            assert failed.code == "keyring_failed"
            assert list((tmp_path / "vaults").glob("*")) == []
        assert len(homes(tmp_path / "vaults")) == 1
        assert len(tries) > 10
    finally:
        joining.close()

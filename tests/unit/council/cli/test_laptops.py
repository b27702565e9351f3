"""The commands about laptops: an order to wipe with its dates, one page for the data protection officer, recovery."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_council.cli import main
from sf_council.database.laptop import laptops
from sf_council.sealing import RECOVERY_ANSWER, RECOVERY_SLOT, open_sealed, seal
from sf_desktop.store.lease.policy import farewell
from sf_record.text.spoken import ANSWER, heard, request_code
from sf_record.wire.orders import BY_ORDER, Signed
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[RunningCouncil]:
    with RunningCouncil(tmp_path) as running:
        running.seed(2)
        yield running


@pytest.fixture
def laptop(council: RunningCouncil) -> PretendLaptop:
    made = PretendLaptop(council)
    assert made.enrol("practitioner").status_code == 200
    return made


@pytest.fixture
def run(council: RunningCouncil, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        where = ("--database", council.settings.database, "--data", str(council.settings.data))
        code = main([*words, *where])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def a_round(laptop: PretendLaptop) -> None:
    body = {"protocol": 2, "position": "", "cursors": {}, "report": {"families": 2, "unsent": 7}}
    assert laptop.send("POST", "/v1/rounds", body).status_code == 200


def say(council: RunningCouncil, word: Signed) -> None:
    sent = requests.post(f"{council.url}/v1/wipe-reports", data=msgspec.json.encode(word), timeout=30)
    assert sent.status_code == 204


def test_an_order_is_shown_with_its_dates_from_ordered_to_confirmed(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    a_round(laptop)
    said = run("device", "show", "practitioner")[1]
    assert "files held    2 (as it said at " in said
    assert "unsent events 7 (as it said at " in said
    assert "lease         locks " in said
    assert "in scope now  2 family files" in said
    assert run("device", "wipe", laptop.device_id)[0] == 1  # without a reason
    assert run("device", "wipe", laptop.device_id, "--reason", "Left in a taxi")[0] == 1
    assert run("device", "wipe", laptop.device_id, "--reason", "lost")[0] == 0
    assert run("device", "wipe", laptop.device_id, "--reason", "lost")[0] == 1  # it stands
    assert "ordered (lost): ordered 20" in run("device", "show", laptop.device_id)[1]
    a_round(laptop)
    assert "delivered (lost): ordered 20" in run("device", "show", laptop.device_id)[1]
    assert run("device", "wipe", laptop.device_id, "--withdraw")[0] == 1  # too late
    (page,) = json.loads(run("device", "show", laptop.device_id, "--json")[1])
    number = council.do(lambda c: laptops.orders(c, council.council.id, laptop.device_id))[0].number
    word = farewell(laptop.key.private_bytes_raw(), laptop.device_id, number, BY_ORDER)
    say(council, word)
    assert page["orders"][0]["state"] == "delivered"
    (page,) = json.loads(run("device", "show", laptop.device_id, "--json")[1])
    assert page["orders"][0]["state"] == "confirmed"
    assert page["orders"][0]["confirmed_at"]


def test_the_list_of_laptops_says_what_became_of_each_order_and_when(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    def states() -> str:
        return run("device", "list")[1].splitlines()[1].partition("active")[2]

    assert states() == ""
    told_early = farewell(laptop.key.private_bytes_raw(), laptop.device_id, 1, BY_ORDER)
    say(council, told_early)  # whoever has the disk and the keyring has such a word
    assert states() == ""
    assert run("device", "wipe", laptop.device_id, "--reason", "lost")[0] == 0
    assert re.fullmatch(r", wipe ordered \(lost\): ordered 20\S+ \S+ UTC", states())
    a_round(laptop)
    assert re.fullmatch(r", wipe delivered \(lost\): ordered .+, delivered 20\S+ \S+ UTC", states())
    number = council.do(lambda c: laptops.orders(c, council.council.id, laptop.device_id))[0].number
    say(council, farewell(laptop.key.private_bytes_raw(), laptop.device_id, number, BY_ORDER))
    assert re.fullmatch(r", wipe confirmed \(lost\): ordered .+, delivered .+, confirmed 20\S+ \S+ UTC", states())


def test_an_order_of_which_no_sign_came_says_when_the_laptop_was_here_last(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    a_round(laptop)
    assert run("device", "wipe", laptop.device_id, "--reason", "stolen")[0] == 0
    long_ago = "UPDATE wipe_order SET ordered_at = '2026-01-05T09:00:00.000Z'"
    council.do(lambda c: c.exec_driver_sql(long_ago))
    council.do(lambda c: c.exec_driver_sql("UPDATE laptop SET round_at = '2026-01-04T16:30:00.000Z'"))
    words = "ordered, never seen again (stolen): ordered 2026-01-05 09:00 UTC, last seen 2026-01-04 16:30 UTC"
    assert f"wipe          {words}" in run("device", "show", "practitioner")[1]
    assert run("device", "list")[1].endswith(f"active, wipe {words}\n")
    council.do(lambda c: c.exec_driver_sql("UPDATE laptop SET round_at = '2026-01-06T16:30:00.000Z'"))
    assert "never seen again" not in run("device", "show", "practitioner")[1], "it was here since, and was not told"


def test_a_laptop_whose_program_takes_no_orders_was_here_and_is_said_to_need_an_update(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    def old_round() -> None:
        assert laptop.send("POST", "/v1/rounds", {"protocol": 1, "position": "", "cursors": {}}).status_code == 200

    old_round()
    said = run("device", "show", "practitioner")[1]
    assert re.search(r"^last round    20\S+ \S+ UTC$", said, re.MULTILINE)
    assert "program       too old to take an order to wipe, or a lease. Have it updated" in said
    assert "lease         none: it neither locks nor clears itself" in said
    assert "never" not in run("device", "list")[1]
    assert run("device", "list")[1].endswith("active, program too old to take orders\n")
    said = run("device", "wipe", laptop.device_id, "--reason", "lost")[1]
    assert "Ordered, but nothing is cleared yet" in said
    assert "clears itself" not in said, "it does not"
    long_ago = "UPDATE wipe_order SET ordered_at = '2026-01-05T09:00:00.000Z'"
    council.do(lambda c: c.exec_driver_sql(long_ago))
    council.do(lambda c: c.exec_driver_sql("UPDATE laptop SET round_at = '2026-01-04T16:30:00.000Z'"))
    old_round()
    said = run("device", "list")[1]
    assert "program too old to take orders, wipe ordered (lost): ordered" in said
    assert "never seen again" not in said, "it was, and was not told"
    a_round(laptop)  # updated: it is told at once
    assert re.search(r"active, wipe delivered \(lost\)", run("device", "list")[1])
    assert "too old" not in run("device", "show", "practitioner")[1]


def test_a_laptop_that_was_updated_has_a_lease_and_one_that_is_not_any_more_has_none(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    for protocol, is_old in ((1, True), (2, False), (1, True)):
        body = {"protocol": protocol, "position": "", "cursors": {}}
        assert laptop.send("POST", "/v1/rounds", body).status_code == 200
        (page,) = json.loads(run("device", "show", "practitioner", "--json")[1])
        assert (page["takes_orders"], page["wipes_at"] is None, page["locks_at"] is None) == (
            not is_old,
            is_old,
            is_old,
        )
        assert ("lease         locks " in run("device", "show", "practitioner")[1]) != is_old


def test_a_file_that_was_to_leave_is_named_until_its_receipt_comes_and_a_cleared_laptop_holds_nothing(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    a_round(laptop)
    (page,) = json.loads(run("device", "show", "practitioner", "--json")[1])
    moved, kept = page["families_in_scope"]
    assert page["not_released"] == []
    assert run("allocate", moved, "colleague")[0] == 0
    said = run("device", "show", "practitioner")[1]
    assert "may be there  1 file out of scope by now, of which no receipt came\n" + " " * 14 + moved in said
    assert "in scope now  1 family file\n" + " " * 14 + kept in said
    assert run("allocate", moved, "practitioner")[0] == 0  # and back: it is in scope, and nothing else of it is said
    assert "may be there" not in run("device", "show", "practitioner")[1]
    assert run("allocate", moved, "colleague")[0] == 0
    code, said = run("device", "revoke", "practitioner")
    assert code == 0
    assert "sf-council device wipe" in said
    assert run("device", "wipe", "practitioner", "--reason", "lost")[0] == 0
    number = council.do(lambda c: laptops.orders(c, council.council.id, laptop.device_id))[0].number
    word = farewell(laptop.key.private_bytes_raw(), laptop.device_id, number, BY_ORDER)
    say(council, word)
    said = run("device", "show", "practitioner")[1]
    assert "files held    none: it said that it was cleared" in said
    assert "may be there" not in said


def test_an_order_can_be_taken_back_until_it_is_delivered(laptop: PretendLaptop, run: Run) -> None:
    assert run("device", "wipe", laptop.device_id, "--reason", "lost")[0] == 0
    assert run("device", "wipe", laptop.device_id, "--withdraw")[0] == 0
    assert "withdrawn (lost)" in run("device", "show", laptop.device_id)[1]
    assert run("device", "wipe", laptop.device_id, "--reason", "stolen")[0] == 0


def test_the_page_says_whose_laptop_it_is_and_names_no_family(laptop: PretendLaptop, run: Run) -> None:
    a_round(laptop)
    said = run("device", "show", "practitioner")[1]
    assert "worker        practitioner (" in said
    assert "team          " in said
    assert "team          none" not in said
    (page,) = json.loads(run("device", "show", laptop.device_id, "--json")[1])
    assert page["username"] == "practitioner"
    assert f"team          {page['team']}" in said
    assert "Pretend" not in said.replace(page["team"], "")
    assert run("device", "show", "nobody")[0] == 1
    assert run("device", "show", str(uuid4()))[0] == 1


def test_a_lease_has_an_order(run: Run) -> None:
    assert run("config", "set", "--lease-warn-hours", "24", "--lease-lock-days", "3", "--lease-wipe-days", "14")[0] == 0
    assert run("config", "set", "--lease-lock-days", "20")[0] == 1


def test_a_recovery_is_answered_with_the_offline_key_only_and_says_who_approved(
    council: RunningCouncil, laptop: PretendLaptop, run: Run, tmp_path: Path
) -> None:
    key = tmp_path / "offline.key"
    assert run("recovery", "move", str(key))[0] == 0
    assert not (council.settings.data / "recovery.key").exists()
    data_key, vault = b"d" * 32, uuid4().bytes
    slot = seal(base64.b64decode(council.council.keys.recovery), data_key, RECOVERY_SLOT + vault)
    asked = X25519PrivateKey.generate()
    code = request_code(asked.public_key().public_bytes_raw(), vault)
    answer = ("recovery", "answer", laptop.device_id, code, "--key", str(key), "--approved-by", "supervisor")
    assert "no recovery slot" in run(*answer)[1]
    assert laptop.send("PUT", "/v1/devices/me/recovery-slot", slot).status_code == 204
    exit_code, said = run(*answer)
    assert exit_code == 0
    assert open_sealed(asked.private_bytes_raw(), heard(ANSWER, said), RECOVERY_ANSWER + vault) == data_key
    newer = tmp_path / "slot-recovery"  # what a release without a signal left beside the vault
    newer.write_bytes(seal(base64.b64decode(council.council.keys.recovery), b"n" * 32, RECOVERY_SLOT + vault))
    exit_code, said = run(*answer, "--slot", str(newer))
    assert exit_code == 0
    assert open_sealed(asked.private_bytes_raw(), heard(ANSWER, said), RECOVERY_ANSWER + vault) == b"n" * 32
    assert run(*answer, "--slot", str(tmp_path / "not-there"))[0] == 1
    other = request_code(asked.public_key().public_bytes_raw(), uuid4().bytes)
    wrong = (
        ("recovery", "answer", laptop.device_id, code.replace(code[3], "Z" if code[3] != "Z" else "Y", 1)),
        ("recovery", "answer", laptop.device_id, other),
        ("recovery", "answer", str(uuid4()), code),
    )
    for words in (answer[:3], answer[:4], answer[:6]):  # neither request, key nor approval may be left out
        with pytest.raises(SystemExit):
            run(*words)
    for words in wrong:
        assert run(*words, "--key", str(key), "--approved-by", "supervisor")[0] == 1
    assert run(*answer[:-1], "practitioner")[0] == 1  # nobody approves their own
    assert run(*answer[:-1], "nobody")[0] == 1
    assert run(*answer[:4], "--key", str(council.settings.data / "recovery.pub"), "--approved-by", "supervisor")[0] == 1
    asked_audit = "SELECT count(*) FROM audit WHERE what = 'recovered' AND worker_id IS NOT NULL"
    assert council.do(lambda c: c.exec_driver_sql(asked_audit).scalar_one()) == 2


def test_a_laptop_is_named_by_who_works_on_it_and_of_several_its_id_is_asked_for(
    council: RunningCouncil, laptop: PretendLaptop, run: Run
) -> None:
    listed = run("device", "list")[1]
    heading, row = listed.splitlines()
    assert heading.split()[:2] == ["LAPTOP", "WHOSE"]
    assert row.split()[:2] == [laptop.device_id, "practitioner"]
    assert row.endswith("  never             active")
    assert run("device", "wipe", "practitioner", "--reason", "lost")[0] == 0
    assert "ordered (lost)" in run("device", "show", laptop.device_id)[1]
    assert ": wipe ordered (lost): ordered 20" in run("device", "list")[1].replace("active, ", "active: ")
    assert run("device", "wipe", "Practitioner", "--withdraw")[0] == 0
    assert run("device", "wipe", "nobody", "--reason", "lost") == (
        1,
        "There is no laptop of that id or of that worker\nsf-council device list names them all.\n",
    )
    other = PretendLaptop(council)
    assert other.enrol("practitioner").status_code == 200
    for words in (("wipe", "practitioner", "--reason", "lost"), ("revoke", "practitioner")):
        code, said = run("device", *words)
        assert code == 1
        assert said.startswith("practitioner has 2 laptops: give the id of the one you mean\n")
        assert laptop.device_id in said
        assert other.device_id in said
    code, said = run("recovery", "answer", "practitioner", "x", "--key", "key", "--approved-by", "supervisor")
    assert code == 1
    assert run("device", "revoke", other.device_id)[0] == 0
    assert "revoked" in run("device", "show", other.device_id)[1]
    assert "state         active" in run("device", "show", laptop.device_id)[1]


def test_a_recovery_is_answered_by_username_where_it_is_one_laptop(
    council: RunningCouncil, laptop: PretendLaptop, run: Run, tmp_path: Path
) -> None:
    key = tmp_path / "offline.key"
    assert run("recovery", "move", str(key))[0] == 0
    data_key, vault = b"d" * 32, uuid4().bytes
    slot = seal(base64.b64decode(council.council.keys.recovery), data_key, RECOVERY_SLOT + vault)
    assert laptop.send("PUT", "/v1/devices/me/recovery-slot", slot).status_code == 204
    asked = X25519PrivateKey.generate()
    code = request_code(asked.public_key().public_bytes_raw(), vault)
    words = ("recovery", "answer", "practitioner", code, "--key", str(key), "--approved-by", "supervisor")
    exit_code, said = run(*words)
    assert exit_code == 0
    assert open_sealed(asked.private_bytes_raw(), heard(ANSWER, said), RECOVERY_ANSWER + vault) == data_key
    copied = f"This laptop’s number: {laptop.device_id}\n{code}"  # what "Copy the request code" puts there
    exit_code, said = run(*words[:3], copied, *words[4:])
    assert exit_code == 0, said
    assert open_sealed(asked.private_bytes_raw(), heard(ANSWER, said), RECOVERY_ANSWER + vault) == data_key
    stranger = str(uuid4())
    exit_code, said = run(*words[:3], f"This laptop’s number: {stranger}\n{code}", *words[4:])
    assert exit_code == 1
    assert said.startswith("That is the request of another laptop than the one that was named\n")
    assert stranger in said
    other = PretendLaptop(council)
    assert other.enrol("practitioner").status_code == 200
    exit_code, said = run(*words)
    assert exit_code == 1
    assert said.startswith("practitioner has 2 laptops")

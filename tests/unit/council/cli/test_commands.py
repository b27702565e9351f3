"""The commands, run as an operator runs them, on a database of their own."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Index, UniqueConstraint, create_engine, select, text, update

from sf_council.app import create_app
from sf_council.cli import main
from sf_council.database.engine import open_database
from sf_council.database.laptop import devices
from sf_council.database.lifecycle.migrate import is_migrated, migrate
from sf_council.database.tables import council, enrolment_code, metadata, worker
from sf_council.keys import make_keys, public_keys
from sf_council.settings import Settings
from sf_record.errors import InputError
from tests.fakes.little_room import little_room
from tests.fakes.postgres import Postgres

PASSWORD = "pretend-password-for-trying"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    if request.param == "sqlite":
        return Settings(database=str(data / "council.sqlite"), data=data)
    postgres: Postgres = request.getfixturevalue("postgres")
    return Settings(database=postgres.new_database(), data=data)


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*words, "--database", settings.database, "--data", str(settings.data)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


@pytest.fixture
def ready(run: Run) -> Run:
    assert run("migrate")[0] == 0
    for role in ("practitioner", "supervisor"):
        words = ("user", "add", role, "--name", f"Pretend {role}", "--role", role, "--team", "Pretend team")
        assert run(*words, typed=f"{PASSWORD}\n")[0] == 0
    return run


def test_a_council_is_set_up_by_commands(ready: Run) -> None:
    code, said, _ = ready("seed", "--families", "2", "--records-per-family", "8")
    assert code == 0
    family_id = said.splitlines()[0]
    assert "2 family files" in said
    assert ready("allocate", family_id, "supervisor")[0] == 0
    assert ready("config", "set", "--council-name", "Pretend County", "--contact", "Emergency=999")[0] == 0
    shown = json.loads(ready("config", "show")[1])
    assert (shown["council_name"], shown["contacts"][0]["number"]) == ("Pretend County", "999")
    assert len(shown["intervals"]) > 20
    assert {each["name"] for each in shown["workers"]} == {"Pretend practitioner", "Pretend supervisor"}
    assert re.fullmatch(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}\n", ready("device", "code", "practitioner")[1])
    assert ready("device", "list")[:2] == (0, "")
    assert ready("audit")[0] == 0


def test_neither_password_nor_code_is_kept(ready: Run, settings: Settings) -> None:
    code = ready("device", "code", "practitioner")[1].strip()
    database = open_database(settings)
    rows = database.read(lambda c: [*c.execute(worker.select()).all(), *c.execute(enrolment_code.select()).all()])
    database.close()
    assert "$argon2id$" in str(rows)
    assert PASSWORD not in str(rows)
    assert code not in str(rows)


def test_parts_of_the_configuration_are_taken_from_a_file_whole_or_not_at_all(ready: Run, tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    file.write_text(json.dumps({"contacts": [{"label": 5, "number": "999"}], "colour": "blue", "idle_lock_minutes": 5}))
    code, _, said = ready("config", "import", str(file))
    assert code == 1
    assert "contacts" in said
    assert "colour" in said
    assert json.loads(ready("config", "show")[1])["idle_lock_minutes"] == 10

    file.write_text(json.dumps({"contacts": [{"label": "Pretend hub", "number": "01632 960001"}], "version": 900}))
    assert ready("config", "import", str(file), "--check")[:2] == (
        0,
        "Nothing is wrong with: contacts. Nothing was changed.\n",
    )
    before = json.loads(ready("config", "show")[1])
    assert ready("config", "import", str(file))[0] == 0
    after = json.loads(ready("config", "show")[1])
    assert after["contacts"][0]["label"] == "Pretend hub"
    assert after["version"] == before["version"] + 1
    assert after["workers"] == before["workers"]

    file.write_text("nothing of JSON")
    assert ready("config", "import", str(file))[0] == 1


def test_a_phrase_for_a_place_that_no_form_has_is_refused(ready: Run, tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    for place, code in (("visit.observd", 1), ("visit.observed", 0), ("visits", 1), ("visit", 0)):
        file.write_text(json.dumps({"phrases": [{"label": "A", "text": "B", "where": [place]}]}))
        told = ready("config", "import", str(file), "--check")
        assert told[0] == code
        assert (f"no form has {place}" in told[2]) == bool(code)


MISTAKES = (
    ("user", "disable", "nobody"),
    ("device", "code", "nobody"),
    ("device", "revoke", "nothing"),
    ("device", "show", "nothing"),
    ("allocate", "nothing", "practitioner"),
    ("allocate", "01935808-ec00-77f0-b095-9457be2ee037", "practitioner"),
    ("config", "set", "--contact", "nothing"),
    ("user", "add", "practitioner", "--name", "Pretend twin", "--role", "practitioner", "--team", "Pretend team"),
)


def test_a_mistake_gets_words_and_no_traceback(ready: Run) -> None:
    for words in MISTAKES:
        code, _, said = ready(*words, typed=f"{PASSWORD}\n")
        assert code == 1, words
        assert said, words
        assert "Traceback" not in said, words


def test_who_works_with_families_is_added_to_a_team_and_not_without(ready: Run) -> None:
    for role in ("practitioner", "supervisor"):
        words = ("user", "add", "newcomer", "--name", "Pretend newcomer", "--role", role)
        for team in ((), ("--team", "  ")):
            code, _, said = ready(*words, *team)  # before a password is asked for
            assert code == 1
            assert said.startswith(f"A {role} works in a team")
            assert "Give --team: Pretend team, or a new name." in said
    assert "newcomer" not in ready("user", "list")[1]
    for role in ("centre", "administrator"):  # who work with no family
        words = ("user", "add", role, "--name", "Pretend newcomer", "--role", role)
        assert ready(*words, typed=f"{PASSWORD}\n")[0] == 0


def test_a_name_is_asked_for_like_a_password_so_that_no_process_list_and_no_shell_shows_it(ready: Run) -> None:
    words = ("user", "add", "newcomer", "--role", "administrator")
    code, _, said = ready(*words, typed=f"  Pretend Newcomer \n{PASSWORD}\n")
    assert (code, "Newcomer" in said) == (0, False)
    workers = json.loads(ready("config", "show")[1])["workers"]
    assert "Pretend Newcomer" in {each["name"] for each in workers}
    for typed in (f"\n{PASSWORD}\n", f" \n{PASSWORD}\n", ""):
        code, _, said = ready("user", "add", "another", "--role", "administrator", typed=typed)
        assert (code, said.startswith("A username and a name cannot be empty")) == (1, True)
    assert "another" not in ready("user", "list")[1]


def test_a_slip_in_the_councils_id_begins_no_second_council(ready: Run) -> None:
    """From then on every command, and the server, would have asked which of the two is meant."""
    code, out, said = ready("user", "list", "--council", "nope")
    assert (code, out) == (1, "")
    assert said.startswith("This database holds no council of that id\nIt holds ")
    assert "practitioner" in ready("user", "list")[1]


def test_a_number_that_makes_no_sense_is_refused_and_nothing_is_done(ready: Run) -> None:
    for words, told in (
        (("device", "code", "practitioner", "--hours", "0"), "No code was made."),
        (("device", "code", "practitioner", "--hours", "99999999"), "No code was made."),
        (("seed", "--families", "-1"), "Nothing was added."),
    ):
        code, out, said = ready(*words)
        assert (code, out) == (1, "")
        assert told in said


def test_nobody_and_no_team_is_without_a_name(ready: Run) -> None:
    before = ready("user", "list")[1], ready("team", "list")[1]
    for username, name in (("", "Pretend newcomer"), (" ", "Pretend newcomer"), ("newcomer", " ")):
        words = ("user", "add", username, "--name", name, "--role", "centre")
        assert ready(*words, typed=f"{PASSWORD}\n")[0] == 1
    assert ready("team", "add", " ")[0] == 1
    assert (ready("user", "list")[1], ready("team", "list")[1]) == before


def test_a_number_that_would_lock_or_empty_every_laptop_at_once_is_refused(ready: Run, tmp_path: Path) -> None:
    before = ready("config", "show")[1]
    file = tmp_path / "ours.json"
    for name in ("idle_lock_minutes", "copies_leave_after_days"):
        for number in (0, -5):
            file.write_text(json.dumps({name: number}))
            for words in (
                ("config", "set", f"--{name.replace('_', '-')}", str(number)),
                ("config", "import", str(file)),
                ("config", "import", str(file), "--check"),
            ):
                code, _, said = ready(*words)
                assert code == 1
                assert said.startswith(f"{name} is 1 at least\nNothing was changed.")
    assert ready("config", "show")[1] == before


def test_a_short_password_is_refused(ready: Run) -> None:
    code, _, said = ready("user", "password", "practitioner", typed="short\n")
    assert (code, "12" in said) == (1, True)


def test_the_same_families_are_not_seeded_twice(ready: Run) -> None:
    assert ready("seed", "--families", "1", "--records-per-family", "8")[0] == 0
    code, _, said = ready("seed", "--families", "1", "--records-per-family", "8")
    assert (code, "already" in said) == (1, True)


def test_seeding_wants_people(run: Run) -> None:
    run("migrate")
    code, _, said = run("seed")
    assert (code, "practitioner" in said) == (1, True)


def test_postgresql_is_migrated_by_its_command_only(postgres: Postgres, tmp_path: Path) -> None:
    assert main(["user", "list", "--database", postgres.new_database(), "--data", str(tmp_path)]) == 1


def test_a_server_that_meets_the_tables_of_an_older_program_says_what_to_do(postgres: Postgres, tmp_path: Path) -> None:
    settings = Settings(database=postgres.new_database(), data=tmp_path)
    with closing(open_database(settings)) as database:
        migrate(database)
        database.write(lambda c: c.execute(text("ALTER TABLE council DROP COLUMN public_keys")))
        database.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0004'")))
    with pytest.raises(InputError) as told:
        create_app(settings)
    assert "sf-council migrate" in told.value.advice


def test_the_steps_lead_to_the_tables(settings: Settings) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    database = open_database(settings)
    assert not database.read(is_migrated)
    migrate(database)
    migrate(database)
    assert database.read(is_migrated)
    # PostgreSQL's catalogue is read in words: what the council itself asks comes back in bytes, as it is stored.
    catalogue = database.engine if database.is_sqlite else create_engine(database.engine.url)
    with catalogue.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    catalogue.dispose()
    database.close()


def test_every_key_begins_with_the_council() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "council_id", table.name
        keys: list[UniqueConstraint | Index] = [
            each for each in table.constraints if isinstance(each, UniqueConstraint)
        ]
        for each in [*keys, *table.indexes]:
            assert next(iter(each.columns)).name == "council_id", each.name


def test_a_key_that_was_being_made_is_in_nobodys_way(tmp_path: Path) -> None:
    """The server was killed just then. In a container it has the same process id at every start."""
    (tmp_path / f"policy.{os.getpid()}.new").write_bytes(b"a part")
    make_keys(tmp_path)
    assert public_keys(tmp_path).policy


def test_of_keys_that_do_not_fit_on_the_disk_nothing_stays(tmp_path: Path) -> None:
    with little_room(10), pytest.raises(OSError, match="File too large"):
        make_keys(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_keys_are_their_owners_and_stay_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_keys(folder)
    first = public_keys(folder)
    make_keys(folder)
    assert public_keys(folder) == first
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"x")])
def test_keys_that_laptops_have_pinned_are_never_made_anew(
    ready: Run, settings: Settings, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    """An order, a lease or a sealed file under another key would be nobody's: better that nothing is done."""
    device_id = set_up(settings)
    make_keys(settings.data)
    (tmp_path / "sealed.outbox").write_bytes(b"SFSEALED1\n")
    for name, words in (
        ("policy.key", ("device", "wipe", device_id, "--reason", "stolen")),
        ("policy.key", ("audit",)),
        ("sealing.key", ("import-sealed", str(tmp_path / "sealed.outbox"))),
        ("recovery.pub", ("recovery", "move", str(tmp_path / "away.key"))),
    ):
        kept = (settings.data / name).read_bytes()
        harm(settings.data / name)
        left = {path.name: path.read_bytes() for path in settings.data.iterdir() if path.suffix in {".key", ".pub"}}
        code, _, said = ready(*words)
        assert code == 1
        assert name in said
        with pytest.raises(InputError):
            create_app(settings)
        after = {path.name: path.read_bytes() for path in settings.data.iterdir() if path.suffix in {".key", ".pub"}}
        assert after == left
        (settings.data / name).write_bytes(kept)
    assert "stolen" not in ready("device", "show", device_id)[1]
    create_app(settings).state.council.database.close()


@pytest.mark.parametrize("is_older", [False, True], ids=["of today", "of a program that kept no note of the keys"])
def test_keys_of_another_council_are_refused_before_anything_is_signed(
    ready: Run, settings: Settings, tmp_path: Path, is_older: bool
) -> None:
    """Nobody would notice: the order stands in the list, and the laptop believes none of it."""
    create_app(settings).state.council.database.close()
    device_id = set_up(settings)
    assert ready("device", "wipe", device_id, "--reason", "lost")[0] == 0
    assert ready("device", "wipe", device_id, "--withdraw")[0] == 0
    (tmp_path / "sealed.outbox").write_bytes(b"SFSEALED1\n")
    make_keys(tmp_path / "another")
    for name in ("policy.key",) if is_older else ("policy.key", "sealing.key", "recovery.pub"):
        if is_older:
            database = open_database(settings)
            database.write(lambda c: c.execute(update(council).values(public_keys="")))
            database.close()
        kept = (settings.data / name).read_bytes()
        (settings.data / name).write_bytes((tmp_path / "another" / name).read_bytes())
        for words in (
            ("device", "wipe", device_id, "--reason", "stolen"),
            ("import-sealed", str(tmp_path / "sealed.outbox")),
            ("recovery", "move", str(tmp_path / "away.key")),
            ("audit",),
        ):
            code, out, said = ready(*words)
            assert (code, out) == (1, "")
            assert said.startswith(f"{name} in {settings.data} is not this council's\nNothing was signed, ordered")
        with pytest.raises(InputError):
            create_app(settings)
        (settings.data / name).write_bytes(kept)
    assert "stolen" not in ready("device", "show", device_id)[1]
    assert not (tmp_path / "away.key").exists()
    assert ready("device", "wipe", device_id, "--reason", "lost")[0] == 0


def set_up(settings: Settings) -> str:
    """Enrol a laptop without a server; return its id."""
    public_key = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    database, now = open_database(settings), settings.clock.now()

    def enrol(connection: Connection) -> str:
        council_id, worker_id = connection.execute(select(worker.c.council_id, worker.c.worker_id)).first() or ("", "")
        devices.keep_code(connection, council_id, worker_id, "a code", now + timedelta(hours=1))
        found = devices.enrol(connection, council_id, now, worker_id=worker_id, code="a code", public_key=public_key)
        assert found is not None
        return found

    try:
        return database.write(enrol)
    finally:
        database.close()


@pytest.mark.parametrize("url", ["postgresql://sf:canary@host:port/db", "nosuch://sf:canary@host/db", "sqlite://"])
def test_an_address_that_is_no_database_is_said_in_words(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["device", "list", "--database", url, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "no database that a council can use" in said.err
    assert "canary" not in said.err + said.out


def test_a_fault_of_the_program_is_told_by_its_place_and_not_by_its_words(ready: Run, settings: Settings) -> None:
    database = open_database(settings)
    with database.writing_here() as connection:
        connection.execute(update(worker).values(role="a canary that is no role"))
    database.close()
    code, said, wrong = ready("device", "code", "practitioner")
    assert code == 1
    assert "Something went wrong in the program" in wrong
    assert "canary" not in said + wrong


def test_the_private_recovery_key_can_be_taken_away(ready: Run, settings: Settings, tmp_path: Path) -> None:
    run = ready
    make_keys(settings.data)
    before = public_keys(settings.data)
    for words in (("show",), ("approve",), ("move",), ("move", str(tmp_path / "one"), "two"), (str(tmp_path / "key"),)):
        with pytest.raises(SystemExit) as ended:  # nobody loses the key by guessing at a word
            run("recovery", *words)
        assert ended.value.code == 2
        assert (settings.data / "recovery.key").exists()
    (tmp_path / "taken").write_text("")
    for file, why in (("taken", "There is a file of that name"), ("nowhere/key", "There is no such folder")):
        code, _, said = run("recovery", "move", str(tmp_path / file))
        assert code == 1
        assert why in said
        assert "the key was not moved, and is where it was" in said
        assert (settings.data / "recovery.key").exists()
    with little_room(10):
        assert run("recovery", "move", str(tmp_path / "away.key"))[0] == 1
    assert not (tmp_path / "away.key").exists()
    assert run("recovery", "move", str(tmp_path / "away.key"))[0] == 0
    assert not (settings.data / "recovery.key").exists()
    assert public_keys(settings.data) == before
    assert stat.S_IMODE((tmp_path / "away.key").stat().st_mode) == 0o600
    assert run("recovery", "move", str(tmp_path / "again.key"))[0] == 1


def test_nobody_is_moved_to_a_team_that_is_not_there(ready: Run) -> None:
    code, _, said = ready("user", "team", "supervisor", "Pretend taem")
    assert code == 1
    assert "There are: Pretend team." in said
    assert ready("team", "list")[1].splitlines()[1].startswith("Pretend team  ")
    assert len(ready("team", "list")[1].splitlines()) == 2
    assert ready("user", "list")[1].count("Pretend team") == 2


def test_the_id_of_a_team_makes_no_new_team_of_that_name(ready: Run) -> None:
    before = ready("user", "list")[1], ready("team", "list")[1]
    team_id = before[1].split()[-1]
    words = ("user", "add", "newcomer", "--name", "Pretend newcomer", "--role", "practitioner", "--team")
    for given, advice in (
        (team_id, "Its name is Pretend team."),
        (team_id.upper(), "Its name is Pretend team."),
        ("0190aaaa-0000-7000-8000-000000000000", "There are: Pretend team."),
    ):
        for command in ((*words, given), ("team", "add", given)):
            code, _, said = ready(*command)  # before a password is asked for
            assert code == 1
            assert "A team is called by its name, and that is an id" in said
            assert advice in said
    assert (ready("user", "list")[1], ready("team", "list")[1]) == before


def test_a_family_is_given_to_nobody_who_could_not_read_it(ready: Run) -> None:
    family_id = ready("seed", "--families", "1", "--records-per-family", "4")[1].splitlines()[0]
    for username, role in (("keeper", "centre"), ("office", "administrator"), ("leaver", "practitioner")):
        words = ("user", "add", username, "--name", f"Pretend {username}", "--role", role, "--team", "Pretend team")
        assert ready(*words, typed=f"{PASSWORD}\n")[0] == 0
    assert "device show" in ready("user", "disable", "leaver")[1]
    for username, told in (("keeper", "nobody's"), ("office", "nobody's"), ("leaver", "was disabled")):
        code, _, said = ready("allocate", family_id, username)
        assert code == 1
        assert told in said
    assert ready("device", "code", "leaver")[0] == 1
    assert ready("device", "code", "keeper", "--hours", "0")[0] == 1
    assert ready("hold", family_id, "--reason-code", "court", "--until", "2020-01-01")[0] == 1
    assert "opens the file again" in ready("close", family_id)[1]
    assert ready("allocate", family_id, "practitioner")[0] == 0
    assert ready("config", "set", "--council-name", " ")[0] == 1


def test_a_council_that_is_begun_by_naming_the_wrong_folder_says_so(ready: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert main(["team", "add", "Team", "--data", str(elsewhere), "--database", str(elsewhere / "council.sqlite")]) == 0
    said = ready("user", "list")
    assert said[2].startswith(f"A new, empty council was begun in {elsewhere / 'council.sqlite'}.\n")
    assert "--data" in said[2]
    assert ready("user", "list")[2] == ""


def test_what_copies_lists_or_checks_begins_no_council_in_a_folder_that_was_named_wrongly(tmp_path: Path) -> None:
    wrong, copy = tmp_path / "wrong", tmp_path / "copy"
    for words in (("backup", str(copy)), ("audit",), ("user", "list"), ("device", "list"), ("attachments", "tidy")):
        assert main([*words, "--data", str(wrong)]) == 1, "a night job that copies nothing must not end well"
    assert not wrong.exists()
    assert not copy.exists()


def test_what_is_not_understood_is_said_in_one_line_with_where_to_read_more(
    ready: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, told in (
        (("seed", "--families", "many"), "sf-council seed: --families: give a whole number"),
        (("looks",), "sf-council looks: missing: FAMILY"),
        (("nothing",), "sf-council: COMMAND: invalid choice: 'nothing'"),
    ):
        with pytest.raises(SystemExit) as ended:
            ready(*words)
        first, second = capsys.readouterr().err.splitlines()
        assert ended.value.code == 2
        assert first.startswith(told)
        assert "--help says what it takes" in second


def test_contents_on_their_way_are_not_tidied_by_a_day_that_is_none(ready: Run) -> None:
    for days in ("0", "-5"):
        code, _, said = ready("attachments", "tidy", "--days", days)
        assert (code, said.splitlines()[0]) == (1, "--days is 1 at least")


def test_a_file_that_nobody_has_is_not_said_to_have_been_looked_at_by_nobody(ready: Run) -> None:
    family_id = ready("seed", "--families", "1", "--records-per-family", "4")[1].splitlines()[0]
    assert ready("looks", family_id)[:2] == (0, "Nothing is known of it in these days.\n")
    code, _, said = ready("looks", "01935808-ec00-77f0-b095-9457be2ee037")
    assert (code, said.splitlines()[0]) == (1, "There is no family file of that id")


def test_what_is_asked_wrongly_is_said_with_what_to_do_next(ready: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "copy"
    for words, told in (
        (("backup", str(nowhere)), f"That cannot be read or written: {nowhere}"),
        (("restore", str(nowhere)), "There is no such file"),
        (("audit", "--head", "1", "x"), "That is no head"),
        (("config", "set"), "sf-council config set --help"),
        (("notice", "publish", "1", "--effective-from", "2027-04-01"), "--complaints-contact"),
        (("import-sealed", str(nowhere)), "sealed.outbox"),
        (("allocate", "abc", "practitioner"), "sf-council device show USERNAME"),
    ):
        code, _, said = ready(*words)
        assert code == 1
        assert told in said
        assert said.count("\n") == 2
    before = json.loads(ready("config", "show")[1])["version"]
    assert ready("config", "set")[0] == 1
    assert json.loads(ready("config", "show")[1])["version"] == before

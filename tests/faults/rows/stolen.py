"""A stolen disk image without the keyring: nothing can be read, no name tells, the passphrase alone opens nothing."""

from __future__ import annotations

import random
import shutil
from base64 import urlsafe_b64decode
from pathlib import Path

from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import DEVICE_SECRET
from sf_desktop.store.keys.labels import read_label, write_label
from sf_desktop.store.sealed.drafts import Begun
from sf_desktop.store.tables import attachments
from sf_desktop.store.thread.transactions import Tx
from sf_record.pretend import Canary, canaries
from tests.builders.vaults import OWNER, PASSPHRASE, BuiltVault, build_vault, save_note
from tests.fakes.keyring import MemoryKeyring
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import refusal_of

_NOW = "2026-11-23T09:00:00.000Z"
_NAMES = {
    "vault.json",
    "slot-a",
    "slot-b",
    "label",
    "vault.db",
    "vault.db-journal",
    "sealed.outbox",
    "sealed.drafts",
    "attachments",
    "ballast",
    "lock",
}


def run(task: Task) -> Tally:
    """Fill a vault of its own with canaries in each try, and look at a copy of its folders as a thief would."""

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        bird = dice.choice(canaries(60))
        built = _filled(folder / "laptop", bird, dice)
        _look(_stolen(built, folder / "image"), bird, built)

    def left_open(folder: Path) -> None:
        bird = canaries(1)[0]
        built = _filled(folder / "laptop", bird, task.dice("control"))
        (built.home.folder / "ballast").write_text(bird.sentence, "utf-16-le")
        _look(_stolen(built, folder / "image"), bird, built)

    task.control("a sentence left in a file", left_open, says="can be read")
    return task.each(attempt)


def _filled(folder: Path, bird: Canary, dice: random.Random) -> BuiltVault:
    built = build_vault(folder)
    write_label(built.home, built.secrets, bird.name)
    vault = built.open()
    begun = Begun("pretend", "as it stands", lambda: (("begun:pretend", f"{bird.name}: {bird.sentence}".encode()),))
    vault.keep_drafts_sealed(lambda _: (begun,)).result()
    save_note(
        vault, f"note-{dice.randrange(1_000)}", f"{bird.name}, {bird.address}: {bird.sentence} " * dice.randrange(1, 60)
    )

    def hold(tx: Tx) -> None:
        body = {"name": bird.name, "media_type": "text/plain"}
        attachments.hold(tx, "pretend", "pretend-family", None, bird.sentence.encode() * 50, body, _NOW)

    vault.do(hold).result()
    assert vault.close()
    assert built.home.sealed_drafts.exists()
    return built


def _stolen(built: BuiltVault, image: Path) -> BuiltVault:
    """Copy everything that lies on the disk; the keyring belongs to the account's password."""
    shutil.copytree(built.home.folder.parent, image / "vaults")
    home = VaultHome(image / "vaults" / built.home.folder.name)
    return BuiltVault(home, MemoryKeyring().of(home.vault_id), built.clock, built.council)


def _look(image: BuiltVault, bird: Canary, built: BuiltVault) -> None:
    files = [path for path in image.home.folder.parent.rglob("*") if path.is_file()]
    texts = (bird.mark, bird.sentence, bird.name, bird.address, PASSPHRASE)
    wanted = [text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")]
    secret = urlsafe_b64decode((built.secrets.get(DEVICE_SECRET) or "") + "=")
    for path in files:
        content = path.read_bytes()
        assert not any(form in content for form in (*wanted, secret)), f"{path.name} can be read"
        assert not any(part in str(path).lower() for part in (bird.mark.lower(), str(OWNER.user))), "a path tells"
    names = {path.name for path in image.home.folder.iterdir()}
    assert names <= _NAMES, f"files of another name: {sorted(names - _NAMES)}"
    assert refusal_of(image.unlock) == "secret_missing", "the passphrase alone opens it"
    assert refusal_of(lambda: read_label(image.home, image.secrets)) == "secret_missing", "its label can be read"


ROW = Row(
    line=21,
    name="stolen",
    after="a stolen disk image without the keyring",
    holds="nothing readable, no file name that tells, the passphrase alone opens nothing",
    full=100,
    suite=3,
    run=run,
)

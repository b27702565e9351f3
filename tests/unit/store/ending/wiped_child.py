"""Is killed: wipes a vault in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.lease.policy import farewell
from sf_record.wire.orders import BY_ORDER
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FileSecrets


def main() -> None:
    home, secrets = VaultHome(Path(sys.argv[1])), FileSecrets(Path(sys.argv[2]))
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    word = farewell(key, "01935808-ec00-76ad-b3cc-d8be2b02d243", 7, BY_ORDER)
    begin_wipe(home, a_farewell(word, "https://families.example.gov.uk", FrozenClock().now()))
    finish_wipe(home, secrets)


main()

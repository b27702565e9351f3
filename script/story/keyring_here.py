"""Ends with 0 where this computer account has a keyring that keeps, gives back and forgets; says nothing."""

from __future__ import annotations

from uuid import uuid4

from sf_desktop.store.keys.keyrings import probe, system_secrets
from sf_record.errors import SfError

try:
    probe(system_secrets(uuid4()))
except SfError:
    raise SystemExit(1) from None

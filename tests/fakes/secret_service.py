"""A session bus and a real gnome-keyring of a test's own, which can be locked, killed, or left hanging."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

# A session bus as it is by default, but that it waits two seconds, not two minutes, for a service it has started.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <standard_session_servicedirs/>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="service_start_timeout">2000</limit>
</busconfig>
"""
_PATIENCE = 100
_FOLDERS = (("HOME", "home"), ("XDG_RUNTIME_DIR", "run"), ("XDG_DATA_HOME", "data"))


def lacks_secret_service() -> str:
    """Say what is missing for a Secret Service of one's own, or nothing."""
    if sys.platform != "linux":
        return "needs Linux: the Secret Service is its keyring"
    missing = [each for each in ("dbus-daemon", "gnome-keyring-daemon") if shutil.which(each) is None]
    return f"needs {', '.join(missing)}" if missing else ""


class SecretService:
    """While it is entered, this process's session bus and home are this one's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        settings = self._folder / "bus.conf"
        settings.write_text(_BUS)
        words = ["dbus-daemon", f"--config-file={settings}", "--nofork", "--print-address"]
        bus = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._stack.callback(_end, bus)
        assert bus.stdout is not None
        self._become("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
        for name, folder in _FOLDERS:
            (self._folder / folder).mkdir(mode=0o700)
            self._become(name, str(self._folder / folder))
        self._service = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._stack.callback(_end, self._service)
        assert self._service.stdin is not None
        assert self._service.stdout is not None
        self._service.stdin.write(b"pretend")
        self._service.stdin.close()
        self._service.stdout.readline()
        self._wait_until_it_answers()
        return self

    def __exit__(self, kind: type[BaseException] | None, cause: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def kill(self) -> None:
        self._service.kill()
        self._service.wait()

    def hang(self) -> None:
        """Let it take questions and answer none."""
        self._service.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._service.send_signal(signal.SIGCONT)

    def lock(self) -> None:
        """Lock it, as a computer does that is left alone; nobody is there to answer its question."""
        import secretstorage

        bus = secretstorage.dbus_init()
        secretstorage.get_default_collection(bus).lock()
        bus.close()

    def _wait_until_it_answers(self) -> None:
        """It says that it has started a moment before it is to be found on the bus."""
        import secretstorage

        for _ in range(_PATIENCE):
            with closing(secretstorage.dbus_init()) as bus, suppress(secretstorage.exceptions.SecretStorageException):
                if not secretstorage.get_default_collection(bus).is_locked():
                    return
            threading.Event().wait(0.05)
        raise AssertionError("the Secret Service never answered")

    def _become(self, name: str, value: str) -> None:
        before = os.environ.get(name)
        os.environ[name] = value
        self._stack.callback(_put_back, name, before)


def _put_back(name: str, before: str | None) -> None:
    if before is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = before


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()

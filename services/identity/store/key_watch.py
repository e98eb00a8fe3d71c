"""Looks at the folder of the keys, so that a rotation needs no restart."""

import threading
from pathlib import Path

import structlog

from services.identity.store.key_files import SigningKeys, load_signing_keys
from shared.errors import FaultAtStart

LOOK_SECONDS = 20.0
_log = structlog.get_logger("bank.identity")


class KeyWatch:
    """A thread that takes the keys anew when the folder has changed; keys that cannot be read leave all as it is."""

    def __init__(self, directory: Path, keys: SigningKeys) -> None:
        """Watch a folder for these keys."""
        self._directory = directory
        self._keys = keys
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="key-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def look(self) -> bool:
        """Take the keys of the folder; True if they are others than before."""
        found = load_signing_keys(self._directory)
        if (set(found.keys), found.signing_kid) == (set(self._keys.keys), self._keys.signing_kid):
            return False
        self._keys.take(found)
        _log.info("signing-keys.changed", signing=found.signing_kid, keys=len(found.keys))
        return True

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self.look()
            except (FaultAtStart, OSError) as wrong:
                _log.warning("signing-keys.unreadable", reason=type(wrong).__name__)

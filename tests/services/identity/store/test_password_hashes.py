"""Passwords are hashed by threads that give way, wherever the process itself stands."""

import subprocess
import sys

import pytest

from tests.builders.bank import ROOT

_A_NICER_PROCESS = """
import os
from services.identity.store.password_hashes import PasswordHashes
os.nice(19)
if os.getuid() == 0:
    os.setuid(65534)  # root may always take its niceness back
hashes = PasswordHashes(memory_kib=1024, passes=1, at_once=1)
print(hashes.make("a calm and wide river")[:9])
"""


class TestPasswordHashes:
    @pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux only")
    def test_are_made_in_a_process_that_was_started_nicer_than_they_would_be(self) -> None:
        command = [sys.executable, "-c", _A_NICER_PROCESS]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert told.stdout.strip() == "$argon2id", told.stderr

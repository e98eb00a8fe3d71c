"""The data folder: where things are in it, who holds it, and how it is emptied (`make reset`).

Standard library only, so that `make reset` works without the virtual environment.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cli.records import living, read_records

LONGEST = 80
"""Longest folder for Unix sockets in bytes: their paths end at 107, and supervisor adds its name and a pid."""


class Refused(Exception):
    """The command cannot do what was asked; the message is one clear line."""


@dataclass(frozen=True)
class DataFolder:
    """The paths in a data folder."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> "DataFolder":
        """Give the folder at a path."""
        return cls(path.expanduser().resolve())

    @property
    def run(self) -> Path:
        """What belongs to the running bank."""
        return self.path / "run"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        """The file with the secrets of this bank."""
        return self.path / "secrets" / "bank.env"

    @property
    def ready(self) -> Path:
        """There once the start has ended, gone when the bank stops."""
        return self.run / "ready.json"

    @property
    def history(self) -> Path:
        """On which business date the demo people's year began, once it has."""
        return self.path / "history.json"

    @property
    def seeded(self) -> Path:
        """There once all the demo data was made."""
        return self.path / "seeded.json"

    def make(self) -> None:
        """Make the folders, readable by their owner only.

        :raises Refused: if they cannot be made
        """
        try:
            inside = (self.path, self.run, self.run / "processes", self.logs, self.path / "redis")
            for folder in (*inside, sockets_of(self.run)):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sockets_of(self.run) != self.run:
                check_owned(sockets_of(self.run))
        except OSError as wrong:
            raise Refused(
                f"The data folder {self.path} cannot be used: {wrong.strerror} (STRONGROOM_DATA_DIR)."
            ) from None


def sockets_of(run: Path) -> Path:
    """Give the folder of a bank's Unix sockets: its run folder, or a short one of its own when that path is long."""
    if len(os.fsencode(run)) <= LONGEST:
        return run
    name = hashlib.sha256(os.fsencode(run)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"strongroom-{os.getuid()}-{name}"


def check_owned(folder: Path) -> None:
    """Check that a folder is ours alone: in a shared place somebody else could have made it first.

    :raises Refused: if it is another user's, a link, or open to others
    """
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Refused(f"{folder} is not a folder of this user alone (mode 0700): delete it, or mend its rights.")


class BankLock:
    """Held by the one running bank of a data folder; the kernel drops it when that process ends, however it ends."""

    def __init__(self, folder: DataFolder) -> None:
        """Name the lock; nothing is taken yet."""
        self._folder = folder
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock.

        :raises Refused: if the bank already runs on this folder
        """
        file = (self._folder.run / "bank.lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            with file:
                file.seek(0)
                holder = file.read().strip() or "unknown"
            raise Refused(
                f"The bank already runs on {self._folder.path} (pid {holder}): stop it with "
                "Ctrl-C, or set STRONGROOM_DATA_DIR and the ports for another one."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file:
            self._file.close()
            self._file = None


def reset(folder: DataFolder) -> None:
    """Delete the data folder: every account, entry and secret of this bank.

    :raises Refused: if the bank runs
    """
    if not folder.path.exists():
        return
    if not folder.run.exists() and any(folder.path.iterdir()):
        raise Refused(f"{folder.path} is not a bank's data folder: it is left alone.")
    folder.make()
    lock = BankLock(folder)
    lock.take()
    try:
        alive = [record.name for record in read_records(folder.run) if living(record, folder.path)]
        if alive:
            raise Refused(f"Processes of this bank still live ({', '.join(alive)}): try again in some seconds.")
        shutil.rmtree(sockets_of(folder.run), ignore_errors=True)
        shutil.rmtree(folder.path)
    finally:
        lock.release()


def main(arguments: list[str]) -> int:
    """Run `make reset`."""
    parser = argparse.ArgumentParser(prog="reset", description="Delete the data of the bank.")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    chosen = parser.parse_args(arguments)
    try:
        folder = DataFolder.at(Path(os.environ.get("STRONGROOM_DATA_DIR") or "data"))
        if not folder.path.exists():
            print(f"{folder.path} does not exist: the next start is a first start.")
            return 0
        if not chosen.yes and not confirmed(folder):
            print("Nothing was deleted: it needs a yes at the terminal, or --yes.")
            return 1
        reset(folder)
    except Refused as refused:
        sys.stderr.write(f"strongroom: {refused}\n")
        return 1
    print(f"{folder.path} is deleted: the next start is a first start.")
    return 0


def confirmed(folder: DataFolder) -> bool:
    """Ask the person at the terminal; without one the answer is no."""
    if not sys.stdin.isatty():
        return False
    return input(f"Delete all data of the bank in {folder.path}? [y/N] ").strip().lower() in {"y", "yes"}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

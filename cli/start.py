"""What `make` calls, with nothing but a Python: make the virtual environment, then hand over to `python -m cli`.

Standard library only. An older Python must be able to read this file to the end, or it could not say what is wrong.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess  # nosec B404 - it starts the interpreter and pip of this project
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "strongroom-stamp.json"
INSTALLING = VENV / "strongroom-installing"
USAGE = "usage: start.py run [options] | env [--dev] | reset"


def say(text):  # type: (str) -> None
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def refuse(text):  # type: (str) -> None
    """End with one clear line."""
    sys.stderr.write("strongroom: " + text + "\n")
    raise SystemExit(1)


def lock_of(cut):  # type: (str) -> Path
    """Give the lock file of one cut of the packages: run or dev."""
    return ROOT / "requirements" / (cut + ".lock")


def digest_of(cut):  # type: (str) -> str
    """Give what an installed environment is recognised by: the lock and the interpreter it was made for."""
    text = lock_of(cut).read_bytes() + ("python %d.%d" % sys.version_info[:2]).encode()  # noqa: UP031 - see above
    return hashlib.sha256(text).hexdigest()


def stamped(cut):  # type: (str) -> bool
    """Tell whether the environment holds everything of this cut's lock."""
    if INSTALLING.exists() or not PYTHON.exists():
        return False
    try:
        stamps = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return bool(stamps.get(cut) == digest_of(cut))


def check_venv_module():  # type: () -> None
    """Refuse where Debian left the venv module out."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        name = "python%d.%d-venv" % sys.version_info[:2]  # noqa: UP031 - see above
        refuse("Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv (or " + name + ").")


def make_venv():  # type: () -> None
    """Make the empty environment anew, unless a sound one is there that an earlier lock was installed into."""
    sound = PYTHON.exists() and not INSTALLING.exists() and quiet([str(PYTHON), "-m", "pip", "--version"]) == 0
    same = sound and quiet([str(PYTHON), "-c", "import sys; sys.exit(sys.version_info[:2] != " + version() + ")"]) == 0
    if same:
        return
    check_venv_module()
    say("Making the virtual environment .venv …")
    if VENV.exists():
        shutil.rmtree(str(VENV))
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)]) != 0:
        refuse("The virtual environment could not be made. On Debian or Ubuntu: apt install python3-venv.")


def version():  # type: () -> str
    """Give this interpreter's version as a Python tuple in text."""
    return str(tuple(sys.version_info[:2]))


def quiet(command):  # type: (list[str]) -> int
    """Run a command without its output and give its exit status."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install(cut):  # type: (str) -> None
    """Install a lock with its hashes and show how far it is; the stamp is written last."""
    began = time.time()
    lock = lock_of(cut)
    total = sum(1 for line in lock.read_text().splitlines() if line[:1].isalnum())
    INSTALLING.write_text("an install that did not end leaves this file behind\n")
    say("Installing up to " + str(total) + " packages from requirements/" + lock.name + " …")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    command += ["-r", str(lock)]
    tail = []  # type: list[str]
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True) as pip:
        for line in pip.stdout or ():
            tail = [*tail[-15:], line.rstrip()]
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                progress(seen, total, line.split(": " if "already" in line else " ")[1].split("=")[0].strip())
            elif line.startswith("Installing collected packages"):
                progress(total, total, "unpacking")
    if pip.returncode != 0:
        say("\n".join(tail))
        refuse("The packages could not be installed (pip's last lines are above). The next start tries again.")
    stamps = {cut: digest_of(cut)}
    if cut == "dev":  # the dev lock holds all of the run lock, at the same versions
        stamps["run"] = digest_of("run")
    STAMP.write_text(json.dumps(stamps))
    INSTALLING.unlink()
    say("\r\033[K" * sys.stdout.isatty() + "Installed in " + str(round(time.time() - began)) + " s.")


def progress(seen, total, name):  # type: (int, int, str) -> None
    """Show one line that moves on a terminal, and a line for every twentieth package elsewhere."""
    text = "  " + str(min(seen, total)) + "/" + str(total) + " " + name
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K" + text)
        sys.stdout.flush()
    elif seen % 20 == 0 or seen == total:
        say(text)


def make_environment(cut):  # type: (str) -> None
    """Make .venv hold what the lock asks for; with an unchanged lock this does nothing."""
    if not stamped(cut):
        make_venv()
        install(cut)


def main(arguments):  # type: (list[str]) -> int
    """Do what `make` asks for."""
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        refuse("Python 3.11 or newer is needed, this is " + found + ". Try: make PYTHON=python3.11 run")
    if not arguments or arguments[0] not in ("run", "env", "reset"):
        refuse(USAGE)
    if arguments[0] == "reset":  # needs no environment
        os.execv(sys.executable, [sys.executable, "-m", "cli.data_folder", *arguments[1:]])  # noqa: S606
    cut = "dev" if "--dev" in arguments else "run"
    make_environment(cut)
    if arguments[0] == "run":
        os.execv(str(PYTHON), [str(PYTHON), "-m", "cli", *arguments])  # noqa: S606 - this process becomes the command
    return 0


if __name__ == "__main__":
    os.chdir(str(ROOT))
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None

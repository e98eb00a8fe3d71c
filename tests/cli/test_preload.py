"""What is loaded before the forks can be forked, and is what the processes of the bank need."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.preload import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]

LOADED = """
import json, os, sys
from cli.preload import preload
def state(): return [os.listdir("/proc/self/task").__len__(), sorted(os.listdir("/proc/self/fd"))]
before = state()
preload()
ours = [name for name in sys.modules if name.startswith(("services", "gateway", "shared"))]
print(json.dumps({"before": before, "after": state(), "ours": ours}))
"""

DOORS = """
import collections, importlib, json, os, sys
from cli.preload import preload
preload()
missing = collections.Counter()
for door in sys.argv[1:]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        known = set(sys.modules)
        importlib.import_module(door)
        with open(writing, "w") as telling:
            telling.write(json.dumps(sorted(set(sys.modules) - known)))
        os._exit(0)
    os.close(writing)
    with open(reading) as said:
        missing.update(json.loads(said.read()))
    os.wait()
print(json.dumps([name for name, count in missing.items() if count > 2]))
"""


def python(code: str, *arguments: str) -> object:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def doors() -> list[str]:
    files = [*ROOT.glob("services/*/main.py"), *ROOT.glob("services/*/worker.py"), ROOT / "gateway" / "main.py"]
    files += [ROOT / "services/transactions/writer.py", ROOT / "services/notifications/mailbox.py"]
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in sorted(files)]


class TestWhatIsLoadedBeforeTheForks:
    @pytest.mark.parametrize("name", LIBRARIES)
    def test_is_there(self, name: str) -> None:
        assert importlib.util.find_spec(name) is not None

    @pytest.mark.skipif(sys.platform != "linux", reason="programs are forked on Linux only")
    def test_starts_no_thread_opens_no_file_and_is_not_ours(self) -> None:
        found = python(LOADED)
        assert isinstance(found, dict)
        assert found["after"] == found["before"]
        assert found["ours"] == []

    @pytest.mark.skipif(sys.platform != "linux", reason="programs are forked on Linux only")
    def test_is_all_that_three_processes_of_the_bank_load_from_others(self) -> None:
        found = python(DOORS, *doors())
        assert isinstance(found, list)
        known = {"services", "gateway", "shared", *sys.stdlib_module_names}
        missing = [name for name in found if name.partition(".")[0] not in known]
        assert missing == [], "three or more processes import these: add them to cli/preload.py"

"""Start the whole bank on this machine, keep it running, and stop it in order (`strongroom run`)."""

import json
import os
import signal
import subprocess  # nosec B404 - runs our own preparation
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from rich.table import Table

from cli import web_app
from cli.bank_client import BankClient, Surprise
from cli.bank_secrets import SERVICES, ensure_secrets
from cli.child import die_with_parent
from cli.data_folder import BankLock, DataFolder, Refused
from cli.people import CUSTOMERS, STAFF, email_of, password_of
from cli.ports import check_ports
from cli.process_table import name_of
from cli.programs import ROOT, Program, bank_environment, bank_programs, redis_server, redis_url, write_program
from cli.readiness import wait_until_ready
from cli.records import end_leftovers, forget_records, read_records, record_this_process, write_whole
from cli.seed import seed
from cli.steps import Steps
from cli.supervision import begin, child_command, load_manager, start_manager, stop_manager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """Somebody asked the bank to stop: Ctrl-C, SIGTERM, or the terminal is gone."""


@dataclass(frozen=True)
class RunOptions:
    """What `run` was asked for."""

    folder: DataFolder
    ports: dict[str, int]
    seed: bool = True
    quiet: bool = False


class RunningBank:
    """One run of the bank: prepare, start, seed, wait, stop."""

    def __init__(self, options: RunOptions) -> None:
        """Nothing happens yet."""
        self._options = options
        self._folder = options.folder
        self._steps = Steps(quiet=options.quiet)
        self._manager: subprocess.Popen[bytes] | None = None
        self._programs: list[Program] = []
        self._environment: dict[str, str] = {}
        self._open = False

    def run(self) -> None:
        """Run until somebody asks to stop.

        :raises Refused: in one line, if the bank cannot start
        """
        self._folder.make()
        lock = BankLock(self._folder)
        lock.take()
        try:
            with stop_on_signals():
                self._start()
                self._say_hello()
                self._watch()
        except StopAsked:
            self._steps.console.print("" if self._open else "Stopped before the bank was open; the next start goes on.")
        finally:
            self._stop()
            lock.release()

    def _start(self) -> None:
        steps, folder, ports = self._steps, self._folder, self._options.ports
        folder.ready.unlink(missing_ok=True)
        if end_leftovers(folder.run, folder.path):
            steps.note("ended what an earlier run had left alive")
        forget_records(folder.run)
        record_this_process(folder.run, "bank")
        check_ports(ports)
        server = redis_server()
        self._environment = bank_environment(folder, ports, redis_url(ports, server, os.environ.get("REDIS_URL")))
        known = ensure_secrets(folder.secrets)
        self._programs = bank_programs(folder, ports, known, server)
        self._build_web_app()
        with steps.step("Keys and stores"):
            self._manager = load_manager(folder, self._programs, self._environment)  # it loads while we prepare
            self._prepare()
        with steps.step(f"{len(self._programs)} processes"):
            begin(self._manager)
            wait_until_ready(folder, self._programs, alive=self._manager_lives)
        if self._options.seed and not folder.seeded.exists():
            self._seed()
        self._write_ready()
        self._open = True

    def _build_web_app(self) -> None:
        # STRONGROOM_WEB=as-is takes what lies there: tests start many banks and build the app at most once.
        if os.environ.get("STRONGROOM_WEB") == "as-is" or web_app.is_fresh():
            return
        try:
            with self._steps.progress("The web app") as advance:
                web_app.build(advance)
        except (web_app.NotBuilt, OSError) as reason:
            self._steps.note(f"The web app could not be built: {reason}. The bank opens without its newest state.")

    def _prepare(self) -> None:
        program = Program("prepare", "", (sys.executable, "-m", "cli.prepare", *SERVICES))
        write_program(self._folder, program, self._environment, death_signal="SIGKILL", parent="bank")
        command = child_command(self._folder, program)
        done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise Refused((done.stderr.strip() or "The stores could not be prepared.").splitlines()[-1])

    def _url(self) -> str:
        return f"http://localhost:{self._options.ports['gateway']}"

    def _seed(self) -> None:
        client = BankClient(f"http://127.0.0.1:{self._options.ports['gateway']}")
        try:
            with self._steps.progress("Demo people, accounts and movements") as advance:
                seed(client, self._folder, advance)
        except Surprise as surprise:
            raise Refused(f"The demo data could not be made: {surprise}") from None
        finally:
            client.close()

    def _manager_lives(self) -> bool:
        return self._manager is not None and self._manager.poll() is None

    def _write_ready(self) -> None:
        content = {
            "url": self._url(),
            "ports": self._options.ports,
            "pids": {record.name: record.pid for record in read_records(self._folder.run) if record.lives},
            "programs": {program.name: program.ready_url for program in self._programs},
            "start_seconds": round(self._steps.elapsed_seconds, 1),
        }
        write_whole(self._folder.ready, json.dumps(content, indent=1))

    def _say_hello(self) -> None:
        console = self._steps.console
        table = Table(title="Demo logins", title_justify="left")
        for column in ("e-mail", "password", "is"):
            table.add_column(column)
        roles = {**{person.name: "customer" for person in CUSTOMERS}, **STAFF}
        for name, role in roles.items():
            table.add_row(email_of(name), password_of(name), role)
        console.print(f"\nThe bank is open after {self._steps.elapsed_seconds:.0f} s: [bold]{self._url()}[/]\n")
        if self._folder.seeded.exists():
            console.print(table)
        console.print(
            f"API {self._url()}/api/docs · mails {self._url()}/dev/mail · logs {self._folder.logs}", soft_wrap=True
        )
        farewell = "Stop with Ctrl-C: nothing is lost, the next `make run` continues. `make reset` starts afresh."
        console.print(farewell, soft_wrap=True)

    def _watch(self) -> None:
        """Wait; a process manager that dies is started again, as it does with the others."""
        while True:
            time.sleep(0.5)
            if not self._manager_lives():
                self._steps.note("the process manager had ended and is started again")
                end_leftovers(self._folder.run, self._folder.path)
                self._manager = start_manager(self._folder, self._programs, self._environment)

    def _stop(self) -> None:
        self._folder.ready.unlink(missing_ok=True)
        began = time.monotonic()
        with patient_with_signals(self._steps):
            in_order = self._manager is None or stop_manager(self._manager)
            end_leftovers(self._folder.run, self._folder.path, patience_seconds=3.0)
        if not self._open:
            return
        how = "" if in_order else " (some had to be killed)"
        self._steps.console.print(
            f"The bank is closed after {time.monotonic() - began:.1f} s{how}. Nothing is lost: `make run` continues."
        )


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn the signals that end a program into `StopAsked`."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        raise StopAsked

    before = [signal.signal(kind, ask) for kind in SIGNALS]
    try:
        yield
    finally:
        for kind, handler in zip(SIGNALS, before, strict=True):
            signal.signal(kind, handler)


@contextmanager
def patient_with_signals(steps: Steps) -> Iterator[None]:
    """Answer an impatient Ctrl-C with a word instead of leaving processes behind."""

    def wait(_number: int, _frame: FrameType | None) -> None:
        steps.console.print("Closing … every process finishes what it has begun.")

    before = [signal.signal(kind, wait) for kind in SIGNALS]
    try:
        yield
    finally:
        for kind, handler in zip(SIGNALS, before, strict=True):
            signal.signal(kind, handler)


def run(options: RunOptions) -> None:
    """Start the bank and stay until it is stopped.

    :raises Refused: in one line, if it cannot start
    """
    if name_of(os.getppid()) in {"make", "gmake"} or os.environ.get("STRONGROOM_DIES_WITH_PARENT"):
        die_with_parent(signal.SIGTERM)  # who kills `make run` means the bank
    RunningBank(options).run()

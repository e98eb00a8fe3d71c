"""The process manager: supervisor's configuration, its start, its stop, and what it is asked over its socket."""

import contextlib
import http.client
import os
import shlex
import socket
import subprocess  # nosec B404 - starts the process manager
import sys
import xmlrpc.client  # nosec B411 - only our own process manager answers, on a socket only its owner opens
from pathlib import Path

from cli.data_folder import DataFolder, sockets_of
from cli.programs import GROUPS, ROOT, Program, write_program

MANAGER = "supervisord"
FORKS = sys.platform == "linux"
"""Whether the process manager forks our Python processes from itself (`cli/forking.py`). On macOS a fork without an
exec is not safe once the system's own libraries are loaded, so there each process is a new Python."""

GO = "go\n"
"""What a loaded process manager waits for on its standard input."""


def _escaped(text: object) -> str:
    return str(text).replace("%", "%%")


def child_command(folder: DataFolder, program: Program) -> tuple[str, ...]:
    """Give the command that becomes a program whose file is written, tied to the life of its parent."""
    # -S -E: the wrapper needs the standard library only, and every restart waits for it.
    path = folder.run / "programs" / f"{program.name}.json"
    return (sys.executable, "-S", "-E", "-m", "cli.child", str(path))


def _program_section(folder: DataFolder, program: Program) -> str:
    # startsecs=0: a process that dies at once is started again at the next tick instead of after growing pauses.
    return f"""[program:{program.name}]
command={_escaped(shlex.join(child_command(folder, program)))}
directory={_escaped(ROOT)}
autostart=true
autorestart=true
startsecs=0
startretries=1000000
stopsignal=TERM
stopwaitsecs=12
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={_escaped(folder.logs / f"{program.name}.log")}
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=3
"""


def supervisor_config(folder: DataFolder, programs: list[Program]) -> str:
    """Give the configuration of the process manager; it holds no secret."""
    head = f"""[supervisord]
nodaemon=true
logfile={_escaped(folder.logs / "supervisord.log")}
logfile_maxbytes=5MB
logfile_backups=1
pidfile={_escaped(folder.run / "supervisord.pid")}
childlogdir={_escaped(folder.logs)}

[unix_http_server]
file={_escaped(sockets_of(folder.run) / "supervisor.sock")}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    sections = [head, *(_program_section(folder, program) for program in programs)]
    for priority, group in enumerate(GROUPS, start=1):
        names = ",".join(program.name for program in programs if program.group == group)
        if names:
            sections.append(f"[group:bank-{group}]\nprograms={names}\npriority={priority}\n")
    return "\n".join(sections)


def load_manager(folder: DataFolder, programs: list[Program], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Write what the process manager needs and start it, tied to this process's life; it starts nothing before `begin`.

    In a session of its own: Ctrl-C at the terminal reaches us only, and we stop the others in order.
    """
    for program in programs:
        write_program(folder, program, environment, death_signal="SIGKILL", parent=MANAGER)
    config = folder.run / "supervisord.conf"
    config.write_text(supervisor_config(folder, programs))
    command = (sys.executable, "-m", "cli.forking", "fork" if FORKS else "exec", "-n", "-c", str(config))
    manager = Program(MANAGER, "", command)
    write_program(folder, manager, environment, death_signal="SIGTERM", parent="bank")
    with (folder.logs / "supervisord.err").open("wb") as errors:
        return subprocess.Popen(
            child_command(folder, manager),
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )


def begin(manager: subprocess.Popen[bytes]) -> None:
    """Let a loaded process manager start the programs. One that has ended is noticed by who waits for them."""
    if manager.stdin is not None:
        with manager.stdin as waiting, contextlib.suppress(BrokenPipeError):
            waiting.write(GO.encode())


def start_manager(folder: DataFolder, programs: list[Program], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the process manager and, as soon as it is loaded, the programs; returns at once."""
    manager = load_manager(folder, programs, environment)
    begin(manager)
    return manager


def stop_manager(manager: subprocess.Popen[bytes], *, patience_seconds: float = 40.0) -> bool:
    """Stop the process manager, and with it everything in order; False if it had to be killed."""
    manager.terminate()
    if manager.stdin is not None:
        manager.stdin.close()
    try:
        manager.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        manager.kill()  # the kernel then ends its children
        manager.wait()
        return False
    return True


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over the process manager's Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket instead of a port."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class _SocketTransport(xmlrpc.client.Transport):
    """XML-RPC over the process manager's Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: tuple[str, dict[str, str]] | str) -> http.client.HTTPConnection:
        """Give a connection to the socket, whatever the host; the transport closes what it keeps here."""
        connection = _SocketConnection(self._path)
        self._connection = (host, connection)
        return connection


class Supervision:
    """What can be asked of the running process manager."""

    def __init__(self, run_dir: Path) -> None:
        """Speak to the manager of a run folder."""
        self._socket = sockets_of(run_dir) / "supervisor.sock"

    def _ask(self, question: str, *arguments: object) -> object:
        transport = _SocketTransport(self._socket)
        with xmlrpc.client.ServerProxy("http://localhost/RPC2", transport=transport) as server:
            answer: object = getattr(server.supervisor, question)(*arguments)
            return answer

    def _programs(self) -> list[dict[str, object]]:
        told = self._ask("getAllProcessInfo")
        return [info for info in told if isinstance(info, dict)] if isinstance(told, list) else []

    def _full_name(self, name: str) -> str:
        """Give a program's name with its group.

        :raises KeyError: if there is no such program
        """
        return {str(info["name"]): f"{info['group']}:{name}" for info in self._programs()}[name]

    def states(self) -> dict[str, str]:
        """Give the state of each program: RUNNING, STOPPED …."""
        return {str(info["name"]): str(info["statename"]) for info in self._programs()}

    def stop(self, name: str) -> None:
        """Stop one program and keep it stopped; returns when it has ended."""
        self._ask("stopProcess", self._full_name(name), True)

    def start(self, name: str) -> None:
        """Start a stopped program; returns at once."""
        self._ask("startProcess", self._full_name(name), False)

"""A gateway of the test's own before a running bank, whose way to one service can be slowed."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from cli.programs import bank_environment
from gateway.routes import UPSTREAMS
from tests.builders.bank import ROOT, Bank
from tests.gateway.stand_ins import free_port


class SlowWay:
    """A TCP relay to a port that holds back what passes inwards for `delay_seconds`."""

    def __init__(self, port: int) -> None:
        self.port = free_port()
        self.delay_seconds = 0.0
        self._to = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port, backlog=1000)

    async def _close(self) -> None:
        self._server.close()
        open_ways = asyncio.all_tasks() - {asyncio.current_task()}
        for way in open_ways:
            way.cancel()
        await asyncio.gather(*open_ways, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._to)
        ways = (self._pass(reader, there_writer, slow=True), self._pass(there_reader, writer, slow=False))
        tasks = [asyncio.ensure_future(way) for way in ways]
        try:
            with contextlib.suppress(OSError):
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for end in (writer, there_writer):
                end.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool) -> None:
        while data := await reader.read(65536):
            if slow:
                await asyncio.sleep(self.delay_seconds)
            writer.write(data)
            await writer.drain()


@dataclass
class SecondGateway:
    """A gateway process before a bank; `way` leads to the service that may be slow."""

    url: str
    way: SlowWay
    log: Path


@contextlib.contextmanager
def second_gateway(bank: Bank, folder: Path, *, slow: str, **more: str) -> Iterator[SecondGateway]:
    """Start one on free ports; `slow` names the service whose way can be slowed, `more` are its own settings."""
    assert slow in UPSTREAMS
    way = SlowWay(bank.ports[slow])
    way.start()
    ports = {**bank.ports, "gateway": free_port(), "gateway-ops": free_port()}
    environment = bank_environment(bank.folder, ports, bank.redis_url)
    environment |= {f"{slow.upper()}_URL": f"http://127.0.0.1:{way.port}", "LOG_LEVEL": "WARNING", **more}
    log = folder / "gateway.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway.main"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    url, ready = f"http://127.0.0.1:{ports['gateway']}", f"http://127.0.0.1:{ports['gateway-ops']}/readyz"
    try:
        _wait(process, ready, log)
        yield SecondGateway(url, way, log)
    finally:
        process.terminate()
        process.wait(20)
        way.stop()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(ready, trust_env=False).status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"The second gateway was not ready: {log.read_text()}")

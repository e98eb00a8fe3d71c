"""The access log: one line for each request, written together."""

import asyncio
import json

import pytest

from gateway.observe import AccessLog


class TestAccessLog:
    def test_writes_the_lines_of_a_moment_together_and_soon(self, capsys: pytest.CaptureFixture[str]) -> None:
        async def run() -> str:
            log = AccessLog()
            for n in range(3):
                log.add({"status": n})
            at_once = capsys.readouterr().out
            await asyncio.sleep(0.3)
            return at_once

        assert asyncio.run(run()) == ""
        assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"status": n} for n in range(3)]

"""Logs are JSON with the request's id, and an exception's values never reach them."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.observability.context import request_context
from shared.observability.logs import configure_logging


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class TestConfigureLogging:
    def test_writes_json_from_structlog_and_from_logging(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("accounts")
        with request_context(request_id="r-1"):
            structlog.get_logger("one").info("hello", number=5)
            logging.getLogger("two").warning("old %s", "way")
        first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert (first["event"], first["number"], first["service"]) == ("hello", 5, "accounts")
        assert (second["event"], second["level"], second["logger"]) == ("old way", "warning", "two")
        assert first["request_id"] == second["request_id"] == "r-1"
        assert len(first["trace_id"]) == 32

    def test_names_type_and_place_of_an_exception_and_not_its_values(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("accounts")
        for log in (structlog.get_logger("one"), logging.getLogger("two")):
            try:
                try:
                    raise KeyError("ada@demo.bank")
                except KeyError as cause:
                    raise ValueError("ada@demo.bank") from cause
            except ValueError:
                log.exception("broken")
        printed = capsys.readouterr().out
        assert "ada@demo.bank" not in printed
        for line in printed.splitlines():
            told = json.loads(line)["exception"]
            assert [one["type"] for one in told] == ["ValueError", "KeyError"]
            assert "test_logs.py" in told[0]["frames"][0]

    def test_keeps_addresses_with_query_strings_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging("accounts")
        logging.getLogger("httpx").info("GET http://x/?q=ada@demo.bank")
        logging.getLogger("uvicorn.access").info("GET /?q=ada@demo.bank")
        assert "ada" not in capsys.readouterr().out

"""The container's health check: well is only who answers 200."""

from collections.abc import Iterator
from threading import Event

import pytest

from shared.observability.health import answers
from shared.observability.ops import OpsServer
from tests.builders.redis import free_port


@pytest.fixture
def ready() -> Event:
    return Event()


@pytest.fixture
def port(ready: Event) -> Iterator[int]:
    number = free_port()
    server = OpsServer("127.0.0.1", number, ready=ready.is_set)
    server.start()
    yield number
    server.stop()


class TestAnswers:
    def test_tells_ready_from_not_ready(self, port: int, ready: Event) -> None:
        assert not answers(port, "/readyz")
        ready.set()
        assert answers(port, "/readyz")

    def test_is_false_where_nobody_listens(self) -> None:
        assert not answers(free_port(), "/readyz")

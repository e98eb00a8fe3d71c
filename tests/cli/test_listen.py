"""Facts are shown as they come from a real Redis."""

import json
from threading import Thread

import pytest
import redis

from cli.data_folder import Refused
from cli.listen import listen
from shared.contracts.support import TicketRaised
from tests.builders.redis import RedisServer, free_port, redis_process, redis_server
from tests.services.notifications.told import DEPOSIT, RAISED, envelope

__all__ = ["redis_process", "redis_server"]


class TestListen:
    def test_shows_new_facts_of_the_services_and_words_asked_for(self, redis_server: RedisServer) -> None:
        lines: list[str] = []
        with redis.Redis.from_url(redis_server.url) as stream:
            stream.xadd("bank.transactions", {"envelope": envelope(DEPOSIT, 1).model_dump_json()})
            args = {"services": ["transactions", "support"], "types": ["ticket", "deposit"]}
            listening = Thread(
                target=lambda: listen(redis_server.url, **args, show=lines.append, until=lambda: len(lines) >= 2)
            )
            listening.start()
            while listening.is_alive() and len(lines) < 2:
                listening.join(0.6)
                for fact in (DEPOSIT, RAISED):
                    told = envelope(fact, 2)
                    stream.xadd(f"bank.{told.position.publisher}", {"envelope": told.model_dump_json()})
            listening.join(5)
        assert not listening.is_alive()
        assert any(TicketRaised.type in line and "number=T-100001" in line for line in lines)
        assert all("0/1/2" in line for line in lines), "what came before is not shown"

    def test_shows_what_is_there_as_json(self, redis_server: RedisServer) -> None:
        lines: list[str] = []
        with redis.Redis.from_url(redis_server.url) as stream:
            stream.xadd("bank.support", {"envelope": envelope(RAISED, 9).model_dump_json()})
        listen(
            redis_server.url,
            services=["support"],
            as_json=True,
            since_start=True,
            show=lines.append,
            until=lambda: bool(lines),
        )
        assert json.loads(lines[0])["sequence"] == 9

    def test_says_in_a_line_what_is_wrong(self) -> None:
        with pytest.raises(Refused, match="no service"):
            listen("redis://127.0.0.1:1/0", services=["bank"], show=print)
        with pytest.raises(Refused, match="Redis does not answer"):
            listen(f"redis://127.0.0.1:{free_port()}/0", services=["support"], show=print)

"""Trying again what lost against another transaction."""

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from shared.store import retrying
from shared.store.retrying import TRIES, has_lost, retry_lost


class _Said(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def failure(sqlstate: str | None) -> DBAPIError:
    """Make what SQLAlchemy raises for a state that PostgreSQL gave."""
    return IntegrityError("INSERT", {}, _Said(sqlstate))


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "_FIRST_WAIT_SECONDS", 0.0)


class TestHasLost:
    @pytest.mark.parametrize("sqlstate", ["40001", "40P01", "23505"])
    def test_knows_serialization_deadlock_and_racing_insert(self, sqlstate: str) -> None:
        assert has_lost(failure(sqlstate))

    @pytest.mark.parametrize("wrong", [failure("23503"), failure(None), ValueError("no")])
    def test_takes_nothing_else_for_it(self, wrong: Exception) -> None:
        assert not has_lost(wrong)


class TestRetryLost:
    @pytest.mark.parametrize("lost", [failure("40P01"), KeyError("unlocked")])
    def test_decides_anew_until_it_wins(self, lost: Exception) -> None:
        left = [lost, lost]

        def work() -> str:
            if left:
                raise left.pop()
            return "won"

        assert retry_lost(work, also=(KeyError,)) == "won"

    def test_gives_up_with_the_last_failure(self) -> None:
        tried = []

        def work() -> None:
            tried.append(1)
            raise failure("40001")

        with pytest.raises(IntegrityError):
            retry_lost(work)
        assert len(tried) == TRIES

    def test_does_not_repeat_what_would_fail_again(self) -> None:
        tried = []

        def work() -> None:
            tried.append(1)
            raise ValueError("a bug")

        with pytest.raises(ValueError, match="a bug"):
            retry_lost(work)
        assert len(tried) == 1

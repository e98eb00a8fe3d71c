"""What a client may write into an address: a clear 4xx or an answer, never a 500."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from services.transactions.writing.intake import Intake
from shared.clients.frames import Frame
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from shared.web.refusals import RoleNotAllowed
from tests.services.transactions.conftest import ADA, FEE, PUT, LedgerBench


class Callers:
    """Knows ada, and each service by its name."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token."""
        return ADA if raw == "ada" else Caller.for_service(raw.removeprefix("svc-")) if raw.startswith("svc-") else None

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token."""
        raise InvalidToken


@pytest.fixture
def http(bench: LedgerBench, tmp_path: Path) -> Iterator[TestClient]:
    bench.deposit(bench.open("ada"), 500)
    settings = TransactionsSettings(data_dir=tmp_path)
    app = build_app(settings=settings, store=bench.store, verifier=Callers())
    with TestClient(app, raise_server_exceptions=True, headers={"authorization": "Bearer ada"}) as client:
        yield client


class TestReads:
    @pytest.mark.parametrize(
        "moment",
        [
            "0001-01-01T00:00:00%2B23:59",
            "9999-12-31T23:59:59-23:59",
            "2026-W01-1",
            "20260101T000000Z",
            "2026-01-01T00:00:00",
            "0",
            "",
            "2026-02-30",
        ],
    )
    def test_refuses_a_moment_that_is_none(self, http: TestClient, moment: str) -> None:
        answer = http.get(f"/api/v1/balances/a-ada?as_of={moment}")
        assert (answer.status_code, answer.json()["code"]) == (422, "transactions.bad-balance-query")

    @pytest.mark.parametrize(
        ("moment", "booked"),
        [
            ("0999-01-01T00:00:00Z", 0),
            ("9999-12-31", 500),
            ("2026-01-01T00:00:00+01:00", 0),
            ("9999-12-31T00:00:00Z", 500),
        ],
    )
    def test_answers_a_moment_however_far(self, http: TestClient, moment: str, booked: int) -> None:
        answer = http.get(f"/api/v1/balances/a-ada?as_of={moment}")
        assert (answer.status_code, answer.json()["booked_minor"]) == (200, booked)

    @pytest.mark.parametrize("query", ["from=0", "from=1e400", "to=99999999999999", "from=2026-1-1", "from="])
    def test_refuses_a_day_that_is_none(self, http: TestClient, query: str) -> None:
        assert http.get(f"/api/v1/transactions?{query}").status_code == 422

    @pytest.mark.parametrize(
        "address",
        [
            "/transactions?after=OTk5OTk5OTk5OTk5OTk5OTk5",
            "/transactions?q=%25_%5C",
            "/transactions?q=%F0%9F%92%B8%ED%A0%80",
            "/transactions?account_id=a-ada&account_id=a-ada",
            "/balances?account_ids=a-ada,a-ada,a-ada",
        ],
    )
    def test_answers_what_can_be_read(self, http: TestClient, address: str) -> None:
        assert http.get(f"/api/v1{address}").status_code == 200

    @pytest.mark.parametrize(
        "address",
        [
            "/transactions/%00",
            "/transactions?after=%00",
            "/transactions?after=OTk5OTk5OTk5OTk5OTk5OTk5OQ",
            "/transactions?limit=99999999999999999999999",
            "/transactions?type=%00",
            "/transactions?account_id=%00",
            "/transactions?q=%00",
            "/balances/a-ada?as_of=%00",
            "/balances/%00",
            "/balances/%ED%A0%80",
            "/balances?account_ids=,,,",
            "/balances?account_ids=" + "a," * 101,
            "/balances",
        ],
    )
    def test_refuses_the_rest_with_4xx(self, http: TestClient, address: str) -> None:
        assert 400 <= http.get(f"/api/v1{address}").status_code < 500


class TestTheBanksOwnEntries:
    @pytest.mark.parametrize("path", ["fees", "interest", "adjustments"])
    def test_are_taken_from_the_ledgers_own_jobs_and_no_other_service(self, http: TestClient, path: str) -> None:
        for token in ("svc-accounts", "svc-support", "ada"):
            headers = {"authorization": f"Bearer {token}", "idempotency-key": "k"}
            answer = http.post(f"/api/v1/ledger/{path}", json={}, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.role-not-allowed")

    @pytest.mark.parametrize(
        ("token", "admitted"), [("svc-transactions", True), ("svc-accounts", False), ("ada", False)]
    )
    def test_are_admitted_likewise_at_the_writers_door(self, token: str, admitted: bool) -> None:
        class Verifier(Callers):
            def verify(self, raw: str) -> Caller:
                return self.cached(raw) or super().verify(raw)

        body = b'{"account_id": "a", "amount_minor": 1, "currency": "EUR"}'
        frame = Frame(1, FEE, token, "k", body, "r", {})
        if admitted:
            assert Intake(Verifier()).submission(frame, lambda _answer: None).command.name == "book-fee"
        else:
            with pytest.raises(RoleNotAllowed):
                Intake(Verifier()).submission(frame, lambda _answer: None)


class TestContracts:
    def test_are_taken_from_accounts_alone(self, http: TestClient) -> None:
        """Another service's token, however it got out, must not open an account or lift a freeze."""
        for token in ("svc-support", "svc-notifications", "ada"):
            answer = http.put("/internal/ledger-accounts/a-x", json={}, headers={"authorization": f"Bearer {token}"})
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.role-not-allowed")

    def test_are_taken_from_accounts_alone_by_the_writer_too(self) -> None:
        class Verifier(Callers):
            def verify(self, raw: str) -> Caller:
                return self.cached(raw) or super().verify(raw)

        frame = Frame(1, PUT, "svc-support", None, b"{}", "r", {"account_id": "a-x"})
        with pytest.raises(RoleNotAllowed):
            Intake(Verifier()).submission(frame, lambda _answer: None)

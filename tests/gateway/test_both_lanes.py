"""A command of the ledger is answered alike, whichever way it takes: as a frame, through the API, at the API's port."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from services.transactions.writing.intake import COMMANDS
from shared.clients.jwks import KeySet
from shared.clients.verify import TokenVerifier
from shared.contracts.policy.transactions import POLICY
from shared.store.engine import Store
from tests.gateway.ledger_lanes import Lanes, open_lanes

ORDER = {"from_account_id": "a-ada", "to_account_id": "a-ben", "amount_minor": 1, "currency": "EUR"}
GOOD = json.dumps(ORDER).encode()
JSON = {"content-type": "application/json"}
KEYED = {**JSON, "idempotency-key": "key-1"}
LIMIT = 256 * 1024


@dataclass(frozen=True)
class Case:
    """One request; `token` names who asks. At the API's port, what only the gateway refuses is answered otherwise."""

    name: str
    body: Any = GOOD
    path: str = "/api/v1/transfers"
    method: str = "POST"
    token: str = "ada"
    headers: Any = field(default_factory=lambda: KEYED)
    gateway_only: bool = False


def order(**changed: Any) -> bytes:
    return json.dumps({name: value for name, value in (ORDER | changed).items() if value is not ...}).encode()


def _texts() -> Iterator[Case]:
    bodies = {
        "open": b"{", "empty": b"", "a list": b"[]", "null": b"null", "a text": b'"x"', "spaces": b"  ",
        "garbage behind": GOOD + b"x", "a mark before": b"\xef\xbb\xbf" + GOOD, "no utf-8": GOOD[:-1] + b',"d":"\xff"}',
        "a key twice": GOOD[:-1] + b',"amount_minor": 1}',
        "a key twice, escaped": GOOD[:-1] + b',"\\u0061mount_minor": 1}',
        "NaN": order(amount_minor=float("nan")), "Infinity": order(amount_minor=float("-inf")),
        "1e400": GOOD.replace(b": 1,", b": 1e400,"), "1e2": GOOD.replace(b": 1,", b": 1e2,"),
        "-0": GOOD.replace(b": 1,", b": -0,"), "01": GOOD.replace(b": 1,", b": 01,"),
        "half a pair": GOOD[:-1] + b',"description": "\\ud800"}', "a NUL": GOOD[:-1] + b',"description": "\\u0000"}',
        "deep": b"[" * 33 + b"]" * 33, "very deep": b"[" * 5000 + b"]" * 5000,
        "20 digits": order(amount_minor=10**19), "19 digits": order(amount_minor=10**19 - 1),
        "an unknown field": order(colour="red"), "true": order(amount_minor=True),
        "a text amount": order(amount_minor="1"),
        "1.0": order(amount_minor=1.0), "0": order(amount_minor=0), "too much": order(amount_minor=10**12 + 1),
        "no currency": order(currency=...), "a wrong currency": order(currency="eur"),
        "two payees": order(to_account_number="DE00BEN"), "no payee": order(to_account_id=...),
        "a control character": order(description="a\u0007"), "a long text": order(description="x" * 141),
        "many wrong fields": json.dumps({f"x{n}": 1 for n in range(300)}).encode(),
        "at the limit": GOOD + b" " * (LIMIT - len(GOOD)),
    }  # fmt: skip
    for name, body in bodies.items():
        yield Case(f"body: {name}", body)
    yield Case("body: over the limit", GOOD + b" " * (LIMIT + 1 - len(GOOD)), gateway_only=True)


def _transport() -> Iterator[Case]:
    for kind in ("text/plain", "application/json; charset=latin-1", "APPLICATION/JSON; charset=UTF-8", "json", ""):
        yield Case(f"type: {kind}", headers={**KEYED, "content-type": kind})
    yield Case("type: none", headers={"idempotency-key": "key-1"})
    yield Case("type: none, and no body", b"", headers={"idempotency-key": "key-1"})
    for encoding in ("gzip", "identity", "Identity, gzip"):
        yield Case(f"encoding: {encoding}", headers={**KEYED, "content-encoding": encoding})
    for key in ("", "a b", "x" * 255, "x" * 256, b"\xe4", b"a\x7f"):
        # A DEL is no character of a header: the gateway's server refuses it with a problem, the API's with a line.
        odd = key == b"a\x7f"
        yield Case(f"key: {key!r:.20}", headers={**JSON, "idempotency-key": key}, gateway_only=odd)
    yield Case("key: none", headers=JSON)
    yield Case("key: bad, and bad JSON", b"{", headers={**JSON, "idempotency-key": "a b"})
    yield Case("key: none, and bad fields", b"{}", headers=JSON)
    twice = [("content-type", "application/json"), ("idempotency-key", "a"), ("idempotency-key", "b")]
    yield Case("key: twice", headers=twice, gateway_only=True)
    for query in ("dry_run=true", "dry_run=1", "dry_run=YES", "dry_run=off", "dry_run=maybe", "dry_run=", "dry_run"):
        yield Case(f"query: {query}", path=f"/api/v1/transfers?{query}")
        yield Case(f"query: {query}, no key", path=f"/api/v1/transfers?{query}", headers=JSON)
    odd = ("dry_run=true&dry_run=no", "dry_run=no&dry_run=true", "dry%5Frun=t", "dry_run=%74", "dry_run=%ff", "x=1&y")
    for query in (*odd, "&&", "=", "dry_run=true;x=1", "dry_run=+1", "%00", "dry_run=1#"):
        yield Case(f"query: {query}", path=f"/api/v1/transfers?{query}", headers=JSON)
    yield Case("query: bad, bad key", path="/api/v1/transfers?dry_run=2", headers={**JSON, "idempotency-key": "a b"})
    yield Case("query: bad, bad fields", b"{}", path="/api/v1/transfers?dry_run=2")
    yield Case("query: bad, bad JSON", b"{", path="/api/v1/transfers?dry_run=2")
    yield Case("query: long", path="/api/v1/transfers?x=" + "y" * 9000, gateway_only=True)
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        yield Case(f"method: {method}", b"", method=method, gateway_only=True)
    yield Case("deadline: the client's own", headers={**KEYED, "x-deadline": "1"}, gateway_only=True)


def _callers() -> Iterator[Case]:
    for token in ("none", "garbage", "expired", "basic", "lower", "empty", "amir", "service", "a stranger", "tess"):
        own = token == "service"  # the gateway lets no service in, whatever it asks for
        yield Case(f"token: {token}", token=token, gateway_only=own)
        headers = {"idempotency-key": "a b"}
        yield Case(f"token: {token}, all else wrong", b"{", token=token, headers=headers, gateway_only=own)


def _commands() -> Iterator[Case]:
    for path in ("/holds/h-1/capture", "/holds/h-1/release", "/transactions/t-1/reverse", "/holds/h~1:2/release"):
        for token in ("ada", "olu"):
            yield Case(f"{path} by {token}", b'{"reason": "why not"}', f"/api/v1{path}", token=token)
            yield Case(f"{path} by {token}, no body", b"", f"/api/v1{path}", token=token)
    for path in ("/holds/%61/release", "/holds/a%2Fb/release", "/holds//release", "/holds/a/b/release"):
        yield Case(f"path: {path}", b"", f"/api/v1{path}", gateway_only=True)
    cash = {"account_id": "a-ada", "amount_minor": 5, "currency": "EUR"}
    for name in ("deposits", "withdrawals", "holds"):
        yield Case(f"{name}: dry", json.dumps(cash).encode(), f"/api/v1/{name}?dry_run=true")
        yield Case(f"{name}: too much", json.dumps({**cash, "amount_minor": 10**12}).encode(), f"/api/v1/{name}")
    for name in ("fees", "interest", "adjustments"):
        for token in ("ada", "olu", "service"):
            path, own = f"/api/v1/ledger/{name}?dry_run=true", token == "service"
            yield Case(f"{name}: dry, by {token}", json.dumps(cash).encode(), path, token=token, gateway_only=own)
        early = json.dumps({**cash, "value_date": "2000-01-01"}).encode()
        yield Case(f"{name}: valued early", early, f"/api/v1/ledger/{name}", token="olu")
    for changed in (
        {"amount_minor": 5000},
        {"to_account_id": "a-ada"},
        {"from_account_id": "a-no"},
        {"currency": "USD"},
    ):
        yield Case(f"transfer: {changed}", order(**changed), headers={**JSON, "idempotency-key": f"k{changed}"[:20]})
    for atomic in (True, False):
        batch = {"transfers": [ORDER, {**ORDER, "amount_minor": 5000}], "atomic": atomic}
        headers = {**JSON, "idempotency-key": f"batch-{atomic}"}
        path = "/api/v1/transfers/batch"
        yield Case(f"batch: atomic {atomic}", json.dumps(batch).encode(), path, headers=headers)
        yield Case(f"batch: dry, atomic {atomic}", json.dumps(batch).encode(), path + "?dry_run=1", headers=headers)
    yield Case("batch: a key twice deep inside", b'{"transfers": [{"currency": "EUR", "currency": "EUR"}]}', path)
    for name, more in {"none": {}, "bad": {"step-up": "x.y.z"}, "odd": {"step-up": b"\xe4"}}.items():
        headers = {**JSON, "idempotency-key": f"step-{name}", **more}
        yield Case(f"step-up: {name}", order(amount_minor=900, to_account_id="a-ben"), headers=headers)
    yield Case("transfer: another body under the key", order(amount_minor=2))


CASES = [*_texts(), *_transport(), *_callers(), *_commands()]


@pytest.fixture(scope="module")
def lanes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lanes]:
    with open_lanes(tmp_path_factory.mktemp("lanes")) as opened:
        yield opened


@pytest.fixture(scope="module")
def authorizations(lanes: Lanes) -> dict[str, str | None]:
    sign = lanes.tokens.sign
    ada = sign(sub="u-ada", cid="c-ada")
    staff = {"tess": "teller", "olu": "officer", "amir": "auditor"}
    tokens = {name: sign(sub=f"u-{name}", cid=None, roles=[role]) for name, role in staff.items()}
    tokens |= {"ada": ada, "a stranger": sign(sub="u-x", cid="c-x"), "garbage": "x.y.z", "empty": "?"}
    tokens |= {"expired": sign(sub="u-ada", iat=1, exp=200)}
    tokens |= {"service": sign(typ="svc+jwt", aud="transactions", sub="accounts", roles=None)}
    bearers: dict[str, str | None] = {name: f"Bearer {token}" for name, token in tokens.items()}
    return bearers | {"none": None, "basic": f"Basic {ada}", "lower": f"bearer {ada}"}


@pytest.fixture(scope="module", autouse=True)
def _booked_once(lanes: Lanes, authorizations: dict[str, str | None]) -> None:
    """Book what a case may book before anything is compared: then every lane replays the same answer."""
    for case in CASES:
        if not case.gateway_only and case.method == "POST" and "dry" not in case.path:
            ask(lanes.direct, case, authorizations)


def ask(where: str, case: Case, authorizations: dict[str, str | None]) -> httpx.Response:
    headers = list(case.headers.items()) if isinstance(case.headers, dict) else list(case.headers)
    authorization = authorizations[case.token]
    if authorization is not None:
        headers.append(("authorization", authorization))
    with httpx.Client(timeout=15, trust_env=False) as http:
        return http.request(case.method, where + case.path, content=case.body, headers=headers)


def said(answer: httpx.Response) -> Any:
    """Give the body without what differs by nature: the request's id, and a dry run's new id and time."""
    if not answer.content or "json" not in answer.headers.get("content-type", ""):
        return answer.content

    def masked(value: Any) -> Any:
        if isinstance(value, dict):
            names = {"request_id", "booked_at"} if "dry" not in str(answer.url) else _MADE_ANEW
            return {name: masked(inner) for name, inner in value.items() if name not in names}
        return [masked(one) for one in value] if isinstance(value, list) else value

    return masked(answer.json())


_MADE_ANEW = {"request_id", "id", "booked_at", "created_at", "expires_at"}
_OWN = {"date", "x-request-id", "content-length", "ratelimit"}
_OF_THE_API = {"content-type", "retry-after", "www-authenticate", "idempotency-replayed", "allow", "cache-control"}


class TestBothLanes:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_answer_alike(self, lanes: Lanes, authorizations: dict[str, str | None], case: Case) -> None:
        framed, forwarded = (ask(where, case, authorizations) for where in (lanes.framed, lanes.forwarded))
        assert (framed.status_code, said(framed)) == (forwarded.status_code, said(forwarded))
        assert {n: v for n, v in framed.headers.items() if n not in _OWN} == {
            n: v for n, v in forwarded.headers.items() if n not in _OWN
        }
        assert set(framed.headers) == set(forwarded.headers)
        if not case.gateway_only:
            direct = ask(lanes.direct, case, authorizations)
            assert (framed.status_code, said(framed)) == (direct.status_code, said(direct))
            assert {n: framed.headers.get(n) for n in _OF_THE_API} == {n: direct.headers.get(n) for n in _OF_THE_API}

    def test_book_under_the_same_identity(self, lanes: Lanes, authorizations: dict[str, str | None]) -> None:
        first = ask(lanes.framed, Case("", headers={**JSON, "idempotency-key": "both"}), authorizations)
        assert first.status_code == 201
        assert "idempotency-replayed" not in first.headers
        for where in (lanes.forwarded, lanes.direct):
            again = ask(where, Case("", headers={**JSON, "idempotency-key": "both"}), authorizations)
            assert (again.status_code, again.content) == (201, first.content)
            assert again.headers["idempotency-replayed"] == "true"

    def test_read_a_body_that_comes_in_pieces(self, lanes: Lanes, authorizations: dict[str, str | None]) -> None:
        answers = [
            ask(where, Case("", (GOOD[n : n + 9] for n in range(0, len(GOOD), 9))), authorizations)
            for where in (lanes.framed, lanes.forwarded, lanes.direct)
        ]
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1

    def test_echo_the_request_s_id(self, lanes: Lanes, authorizations: dict[str, str | None]) -> None:
        headers = {**JSON, "x-request-id": "order-66"}
        for where in (lanes.framed, lanes.forwarded):
            answer = ask(where, Case("", b"{", headers=headers), authorizations)
            assert (answer.headers["x-request-id"], answer.json()["request_id"]) == ("order-66", "order-66")


class TestFramedRows:
    def test_are_the_writer_s_commands(self) -> None:
        assert {f"{row.method} {row.path}" for row in POLICY if row.framed} == set(COMMANDS)

    def test_have_routes_that_read_nothing_but_what_a_frame_carries(
        self, make_store: Callable[[str], Store], tmp_path: Path
    ) -> None:
        """Whoever gives such a route another parameter has to teach the writer's intake to read it."""
        settings = TransactionsSettings(data_dir=tmp_path)
        verifier = TokenVerifier(service="transactions", keys=KeySet.of_identity(settings))
        document = build_app(settings=settings, store=make_store("transactions"), verifier=verifier).openapi()
        for row in POLICY:
            if row.framed and row.path.startswith("/api/"):
                parameters = document["paths"][row.path][row.method.lower()]["parameters"]
                read = {(one["in"], one["name"]) for one in parameters if one["in"] != "path"}
                steps = {("header", "Step-Up")} if row.step_up else set()
                assert read == {("header", "Idempotency-Key"), ("query", "dry_run")} | steps, row.path

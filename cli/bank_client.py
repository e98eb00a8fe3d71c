"""The command's own client of the public API: one call, one answer, and a clear word when it is another one."""

import time
from typing import Any

import httpx

PATIENCE_SECONDS = 15.0


class Surprise(Exception):
    """The bank answered something else than expected; the message names the call, the status and the problem."""


class BankClient:
    """Speaks to the gateway; `token` of the last login is sent unless another is given."""

    def __init__(self, url: str, *, timeout_seconds: float = 20.0) -> None:
        """Open a client on the gateway's address."""
        self.url = url
        self._client = httpx.Client(base_url=f"{url}/api/v1", timeout=timeout_seconds, trust_env=False)

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        key: str | None = None,
        body: object = None,
        params: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send a call; one that cannot be sent, or answers 503, is tried again while patience lasts if it is safe.

        :raises Surprise: if no answer comes
        """
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if key:
            headers["idempotency-key"] = key
        deadline = time.monotonic() + PATIENCE_SECONDS
        repeatable = method == "GET" or key is not None
        while True:
            try:
                answer = self._client.request(method, path, headers=headers, json=body, params=params)
            except httpx.HTTPError as wrong:
                if not repeatable or time.monotonic() > deadline:
                    raise Surprise(f"{method} {path}: no answer ({type(wrong).__name__})") from None
            else:
                if answer.status_code != 503 or not repeatable or time.monotonic() > deadline:
                    return answer
            time.sleep(0.3)

    def call(self, method: str, path: str, *statuses: int, **options: Any) -> dict[str, Any]:
        """Send a call and give its body.

        :raises Surprise: if the status is none of the expected ones
        """
        answer = self.send(method, path, **options)
        if answer.status_code not in statuses:
            raise Surprise(f"{method} {path}: {answer.status_code} {told(answer)}")
        content: dict[str, Any] = answer.json() if answer.content else {}
        return content

    def login(self, email: str, password: str) -> str:
        """Log in and give the access token.

        :raises Surprise: if the login is refused
        """
        body = {"email": email, "password": password}
        return str(self.call("POST", "/auth/login", 200, body=body)["access_token"])

    def wait_until_open(self, account_id: str, token: str) -> dict[str, Any]:
        """Give an account once the ledger knows it (`opening` → `open`).

        :raises Surprise: if it does not become open in time
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            account = self.call("GET", f"/accounts/{account_id}", 200, token=token)
            if account["status"] == "open":
                return account
            if time.monotonic() > deadline:
                raise Surprise(f"account {account_id} is still {account['status']!r} after {PATIENCE_SECONDS:.0f} s")
            time.sleep(0.2)


def told(answer: httpx.Response) -> str:
    """Give a problem in a line: its code and detail, else the start of the body."""
    try:
        problem = answer.json()
        errors = problem.get("errors") or ""
        return f"{problem.get('code', '')}: {problem.get('detail') or problem.get('title')} {errors}".strip()
    except (ValueError, AttributeError):
        return answer.text[:200]

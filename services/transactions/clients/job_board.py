"""What the ledger asks of every service for staff: its kinds of job, their runs, and one more run."""

from collections.abc import Mapping
from typing import Any

from services.transactions.domain.job_board import JobNotFound
from shared.clients.http import ServiceClient
from shared.errors import Unavailable

TIMEOUT_SECONDS = 2.0


class JobsOf:
    """The jobs of one service, over HTTP; the ledger's own are asked for the same way."""

    def __init__(self, client: ServiceClient) -> None:
        """Ask through this client."""
        self._client = client

    def kinds(self) -> list[dict[str, Any]]:
        """Give every kind of job that the service has rows of.

        :raises Unavailable: if it does not give them
        """
        return list(self._asked("GET", "/internal/jobs")["items"])

    def runs(self, kind: str, params: Mapping[str, str | int]) -> list[dict[str, Any]]:
        """Give the runs of a kind, the newest first.

        :raises Unavailable: if it does not give them
        """
        return list(self._asked("GET", f"/internal/jobs/{kind}/runs", params=params)["items"])

    def run_again(self, job_id: str, *, act: str | None) -> tuple[dict[str, Any], bool]:
        """Make a job due now on behalf of a user; gives it, and whether it is due.

        :raises JobNotFound: if the service has none with this id
        :raises Unavailable: if it does not answer
        """
        answer = self._asked("POST", f"/internal/jobs/{job_id}/run-again", act=act)
        if answer["run"] is None:
            raise JobNotFound("That service has no job with this id.")
        return dict(answer["run"]), bool(answer["is_due"])

    def _asked(
        self, method: str, path: str, *, params: Mapping[str, str | int] | None = None, act: str | None = None
    ) -> dict[str, Any]:
        answer = self._client.request(method, path, params=params, act=act, timeout_seconds=TIMEOUT_SECONDS)
        if answer.status_code == 404:
            raise JobNotFound("That service has no such job.")
        if answer.status_code != 200:
            raise Unavailable(f"{self._client.callee} answered {answer.status_code}.", retry_after_seconds=5)
        content: dict[str, Any] = answer.json()
        return content

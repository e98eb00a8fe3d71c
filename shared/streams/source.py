"""The publisher's own answer about its facts: the record that the stream only announces."""

from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.contracts.envelope import Envelope
from shared.errors import Unavailable

PAGE_FACTS = 500
_GONE = 410


class Answered(Protocol):
    """What a publisher answered, as far as this room reads it."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""

    def json(self) -> Any:
        """The body."""


class PublisherClient(Protocol):
    """What is needed of `shared.clients.http.ServiceClient`."""

    def request(self, method: str, path: str) -> Answered:
        """Call the publisher as this service."""


class EventsPage(BaseModel):
    """Facts after a sequence, with the head that the publisher stood at."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lane: int
    epoch: int
    parent_sequence: int
    head_sequence: int
    head_hash: str
    events: list[Envelope]


class PublisherSource:
    """Facts and snapshot of one publisher over HTTP."""

    def __init__(self, publisher: str, client: PublisherClient) -> None:
        """Ask this publisher through this client."""
        self._publisher = publisher
        self._client = client

    def events_after(self, sequence: int) -> EventsPage | None:
        """Give the next facts; None when the publisher no longer keeps them (410).

        :raises Unavailable: if the publisher does not answer with facts
        """
        answer = self._client.request("GET", f"/internal/events?after={sequence}&limit={PAGE_FACTS}")
        if answer.status_code == _GONE:
            return None
        try:
            return EventsPage.model_validate(self._read(answer))
        except ValidationError as wrong:
            raise Unavailable(f"{self._publisher} answered no page of facts ({wrong.error_count()} errors).") from None

    def snapshot(self) -> dict[str, Any]:
        """Give the publisher's present state with the head it belongs to.

        :raises Unavailable: if the publisher does not answer with a snapshot
        """
        body = self._read(self._client.request("GET", "/internal/snapshot"))
        if not isinstance(body, dict) or not isinstance(body.get("head"), dict):
            raise Unavailable(f"{self._publisher} answered no snapshot.")
        return body

    def _read(self, answer: Answered) -> Any:
        if answer.status_code != 200:
            raise Unavailable(f"{self._publisher} answered {answer.status_code}.")
        try:
            return answer.json()
        except ValueError:
            raise Unavailable(f"{self._publisher} answered no JSON.") from None

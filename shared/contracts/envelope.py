"""A fact and the envelope it travels in (CloudEvents 1.0, structured JSON)."""

from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Something that happened, in the words of the service it happened in.

    Additive only: a consumer ignores fields that it does not know. Carries ids, amounts and states, never contact data.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    """`bank.<service>.<past-tense>.v1`"""

    @property
    def subject(self) -> str:
        """Give the id of what the fact is about: by default its first field."""
        return str(getattr(self, next(iter(type(self).model_fields))))


class Position(NamedTuple):
    """Where a fact stands with its publisher: gap-free and unique per lane and epoch."""

    publisher: str
    lane: int
    epoch: int
    sequence: int


class Envelope(BaseModel):
    """What is kept in the outbox and sent over the stream; `hash` covers all else and the one before."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: str = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: str
    datacontenttype: str = "application/json"
    data: dict[str, Any]
    lane: int
    epoch: int
    sequence: int
    previoushash: str
    hash: str
    requestid: str | None = None
    traceparent: str | None = None

    @property
    def position(self) -> Position:
        """Give the identity of the fact: publisher, lane, epoch, sequence."""
        return Position(self.source.removeprefix("bank."), self.lane, self.epoch, self.sequence)

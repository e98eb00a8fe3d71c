"""What a service listens to: which facts of which publisher, and what it does with each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from shared.contracts.envelope import Envelope, Fact

Consume = Callable[[Session, Any, Envelope], None]
"""Applies a fact in the transaction that also moves the cursor; no I/O beside that session."""

Submit = Callable[[Any, Envelope], None]
"""Runs before that transaction opens and may run twice: for commands to the ledger's writer, keyed by the fact's id."""


class FactUnreadable(Exception):
    """The data of a fact does not fit its contract; the message names fields, never values."""


@dataclass(frozen=True, slots=True)
class Handler:
    """What is done with one type of fact. `submit` runs first, outside of any transaction."""

    fact: type[Fact]
    consume: Consume | None = None
    submit: Submit | None = None

    def read(self, envelope: Envelope) -> Fact:
        """Read the fact out of its envelope.

        :raises FactUnreadable: if the data does not fit the contract
        """
        try:
            return self.fact.model_validate(envelope.data)
        except ValidationError as wrong:
            fields = ", ".join(".".join(map(str, e["loc"])) or "data" for e in wrong.errors(include_input=False))
            raise FactUnreadable(f"{envelope.type} does not fit its contract: {fields}") from None


@dataclass(frozen=True, slots=True)
class Subscription:
    """The facts of one publisher that a service reacts to, and how it starts anew from a snapshot.

    A fact without a handler only moves the cursor. Without `rebuild` a consumer that was away for longer than the
    publisher keeps its outbox goes on at the head: right for effects that are only about the present.
    """

    publisher: str
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    rebuild: Callable[[Session, dict[str, Any]], None] | None = None

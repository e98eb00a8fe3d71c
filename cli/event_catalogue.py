"""`strongroom events`: the catalogue of facts as an AsyncAPI document, made from the contracts and the services' doors.

`docs/asyncapi.json` names each stream, each fact with its schema, who publishes it and who reacts. A stale one fails a
test.
"""

import json
from importlib import import_module
from typing import Any

from cli.bank_secrets import SERVICES
from cli.programs import ROOT
from shared.contracts.envelope import Envelope, Fact
from shared.streams.channel import stream_name

ASYNCAPI_FILE = ROOT / "docs" / "asyncapi.json"
_ABOUT = (
    "Facts between the services of the bank, in CloudEvents 1.0 envelopes. A fact is identified by publisher, lane,"
    " epoch and sequence, without gaps per lane; `hash` covers the envelope and `previoushash`. Redis is the doorbell:"
    " what it loses is asked of the publisher. Contracts are additive: a reader ignores fields that it does not know."
    " Facts carry ids, amounts and states, never contact data. `strongroom listen` shows them as they come."
)


def facts_of(publisher: str) -> tuple[type[Fact], ...]:
    """Give the facts that a service publishes."""
    facts: tuple[type[Fact], ...] = import_module(f"shared.contracts.{publisher}").FACTS
    return facts


def readers() -> dict[str, list[str]]:
    """Give for each type of fact the services that react to it."""
    found: dict[str, list[str]] = {}
    for service in SERVICES:
        for subscription in import_module(f"services.{service}.listener").SUBSCRIPTIONS:
            for fact_type in subscription.handlers:
                found.setdefault(fact_type, []).append(service)
    return found


def catalogue() -> dict[str, Any]:
    """Make the document."""
    reacts = readers()
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for publisher in SERVICES:
        name, facts = stream_name(publisher), facts_of(publisher)
        channels[publisher] = {
            "address": name,
            "title": f"Facts of {publisher}",
            "messages": {_name(fact): {"$ref": f"#/components/messages/{_name(fact)}"} for fact in facts},
        }
        operations[f"{publisher}-tells"] = {"action": "send", "channel": {"$ref": f"#/channels/{publisher}"}}
        messages |= {_name(fact): _message(fact, reacts.get(fact.type, [])) for fact in facts}
    envelope = Envelope.model_json_schema()
    envelope["description"] = "CloudEvents 1.0 with the fact's place in its publisher's chain."
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Strongroom facts", "version": "1", "description": _ABOUT},
        "defaultContentType": "application/cloudevents+json",
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": {"Envelope": envelope}},
    }


def _name(fact: type[Fact]) -> str:
    """Give the name of a fact's message: two publishers may use one word, so the publisher is part of it."""
    return f"{fact.type.split('.')[1]}-{fact.__name__}"


def _message(fact: type[Fact], read_by: list[str]) -> dict[str, Any]:
    own = {"type": "object", "properties": {"type": {"const": fact.type}, "data": fact.model_json_schema()}}
    return {
        "name": fact.type,
        "title": fact.__name__,
        "summary": (fact.__doc__ or "").strip().splitlines()[0],
        "payload": {"allOf": [{"$ref": "#/components/schemas/Envelope"}, own]},
        "x-read-by": read_by,
    }


def written() -> str:
    """Give the document's text."""
    return json.dumps(catalogue(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def events(check: bool) -> int:
    """Write the document, or with `check` only compare; give the exit status and print one line."""
    fresh = written()
    stale = not ASYNCAPI_FILE.is_file() or ASYNCAPI_FILE.read_text("utf-8") != fresh
    if check:
        print(
            "Stale: docs/asyncapi.json. Run `strongroom events` and commit." if stale else "docs/asyncapi.json is new."
        )
        return int(stale)
    if stale:
        ASYNCAPI_FILE.write_text(fresh, "utf-8")
    count = sum(len(facts_of(publisher)) for publisher in SERVICES)
    print(f"{count} facts of {len(SERVICES)} services; {'changed' if stale else 'nothing changed'}.")
    return 0

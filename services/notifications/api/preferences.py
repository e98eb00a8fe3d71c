"""Preferences over HTTP: which events reach a person by mail and at once, quiet hours, language, alerts."""

from datetime import time
from typing import Annotated, get_args

from fastapi import APIRouter
from pydantic import Field, field_validator

from services.notifications.api.dependencies import OwnInboxes, StoreDep
from services.notifications.api.schemas import Id
from services.notifications.domain.alert import BalanceLine, LargeAmount
from services.notifications.domain.notice import Event, Recipient
from services.notifications.domain.preference import (
    Language,
    Preferences,
    QuietHours,
    SecurityMailsStayOn,
    UnknownTimeZone,
)
from services.notifications.store.preference_store import Choice, choice_of, lines_of
from services.notifications.use_cases.set_preferences import Choices, set_preferences
from shared.clock import now
from shared.money import MAX_AMOUNT_MINOR
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller
from shared.web.problems import problems
from shared.web.schemas import AmountMinor, Answer, Currency, StrictModel

router = APIRouter(prefix="/api/v1/notifications/preferences", tags=["notifications"])

_EVENTS: tuple[Event, ...] = get_args(Event)
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ChannelChoice(StrictModel):
    """Whether an event is mailed, and whether open screens show it at once; in the inbox it always is."""

    mail: bool = True
    push: bool = True


class QuietChoice(StrictModel):
    """From when until when nothing but security disturbs; mails wait for the end."""

    begins: ClockTime = Field(alias="from")
    ends: ClockTime = Field(alias="to")
    time_zone: Annotated[str, Field(min_length=1, max_length=64)]

    @field_validator("ends")
    @classmethod
    def _differs(cls, ends: str, info: object) -> str:
        if ends == getattr(info, "data", {}).get("begins"):
            raise ValueError("must differ from the begin")
        return ends


class LargeChoice(StrictModel):
    """Alert when at least this much moves on an own account."""

    from_minor: AmountMinor
    currency: Currency


class LineChoice(StrictModel):
    """Alert when the balance of an account falls below this."""

    account_id: Id
    below_minor: Annotated[int, Field(ge=-MAX_AMOUNT_MINOR, le=MAX_AMOUNT_MINOR)]
    currency: Currency


class PreferencesRequest(StrictModel):
    """All choices; what is not named is on."""

    events: dict[Event, ChannelChoice] = Field(default_factory=dict)
    quiet_hours: QuietChoice | None = None
    language: Language = "en"
    large_movement: LargeChoice | None = None
    balance_below: Annotated[list[LineChoice], Field(max_length=100)] = Field(default_factory=list)

    @field_validator("balance_below")
    @classmethod
    def _one_line_each(cls, lines: list[LineChoice]) -> list[LineChoice]:
        if len({line.account_id for line in lines}) != len(lines):
            raise ValueError("name each account once")
        return lines

    def to_choices(self, recipient: Recipient) -> Choices:
        """Give the choices in the words of the use case."""
        quiet = self.quiet_hours
        large = self.large_movement
        return Choices(
            preferences=Preferences(
                events={event: {"mail": one.mail, "push": one.push} for event, one in self.events.items()},
                quiet=None
                if quiet is None
                else QuietHours(time.fromisoformat(quiet.begins), time.fromisoformat(quiet.ends), quiet.time_zone),
                language=self.language,
            ),
            large=None if large is None else LargeAmount(large.from_minor, large.currency),
            lines=[
                BalanceLine(recipient.id, line.account_id, line.currency, line.below_minor, is_below=False)
                for line in self.balance_below
            ],
        )


class ChannelAnswer(Answer):
    """The channels of one event."""

    mail: bool
    push: bool


class QuietAnswer(Answer):
    """The quiet hours."""

    begins: Annotated[str, Field(serialization_alias="from")]
    ends: Annotated[str, Field(serialization_alias="to")]
    time_zone: str


class LargeAnswer(Answer):
    """What counts as large."""

    from_minor: int
    currency: str


class LineAnswer(Answer):
    """A line under a balance."""

    account_id: str
    below_minor: int
    currency: str


class PreferencesAnswer(Answer):
    """All choices of a person, each event named."""

    events: dict[Event, ChannelAnswer]
    quiet_hours: QuietAnswer | None
    language: Language
    large_movement: LargeAnswer | None
    balance_below: list[LineAnswer]


@router.get("")
def read_preferences(inboxes: OwnInboxes, store: StoreDep) -> PreferencesAnswer:
    """Read what reaches you and how."""
    return _answer(store, inboxes[0])


@router.put("", responses=problems(SecurityMailsStayOn, UnknownTimeZone))
def put_preferences(
    body: PreferencesRequest, caller: CurrentCaller, inboxes: OwnInboxes, store: StoreDep
) -> PreferencesAnswer:
    """Choose what reaches you and how; it replaces all choices before. Mails about security cannot be turned off."""
    recipient = inboxes[0]
    choices = body.to_choices(recipient)
    with store.write() as session:
        set_preferences(session, caller=caller, recipient=recipient, choices=choices, now=now())
    return _answer(store, recipient)


def _answer(store: Store, recipient: Recipient) -> PreferencesAnswer:
    with store.read() as session:
        choice: Choice = choice_of(session, recipient)
        lines = lines_of(session, [recipient.id] if recipient.kind == "customer" else [])
    chosen, large = choice
    quiet = chosen.quiet
    return PreferencesAnswer(
        events={
            event: ChannelAnswer(mail=chosen.allows(event, "mail"), push=chosen.allows(event, "push"))
            for event in _EVENTS
        },
        quiet_hours=None
        if quiet is None
        else QuietAnswer(begins=f"{quiet.begins:%H:%M}", ends=f"{quiet.ends:%H:%M}", time_zone=quiet.zone),
        language=chosen.language,
        large_movement=None if large is None else LargeAnswer.model_validate(large),
        balance_below=[LineAnswer.model_validate(line) for _, line in sorted(lines.items())],
    )

"""The audit trails of all services as one list, for auditors and admins."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from services.identity.api.dependencies import CurrentUser, IdentityDep
from shared.clients.trails import SERVICES, Records, read_merged
from shared.clock import format_time
from shared.errors import Unavailable
from shared.store.audit_queries import AuditFilter, list_audit
from shared.store.chains import CHECKED_AT_ONCE, check_audit
from shared.web.dependencies import BadCursor, Page, encode_cursor
from shared.web.problems import problems
from shared.web.schemas import Answer, IsoDate, ListAnswer

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])
ServiceName = Literal["identity", "accounts", "transactions", "support", "notifications"]


class ActorAnswer(Answer):
    """Who: the person, with the session, and the service through which their command came, if it did."""

    user_id: str | None
    service: str | None
    session_id: str | None


class SubjectAnswer(Answer):
    """What it was done to."""

    type: str
    id: str


class AuditAnswer(Answer):
    """One record. `sequence` and `hash` are those of the chain of its service."""

    service: str
    sequence: int
    at: str
    actor: ActorAnswer
    command: str
    subject: SubjectAnswer
    before: Any
    after: Any
    reason: str | None
    request_id: str | None
    hash: str

    @classmethod
    def of(cls, record: dict[str, Any]) -> "AuditAnswer":
        """Show a record."""
        return cls(
            service=record["of"],
            sequence=record["sequence"],
            at=record["at"],
            actor=ActorAnswer(user_id=record["user_id"], service=record["service"], session_id=record["session_id"]),
            command=record["command"],
            subject=SubjectAnswer(type=record["subject_type"], id=record["subject_id"]),
            before=record["before"],
            after=record["after"],
            reason=record["reason"],
            request_id=record["request_id"],
            hash=record["hash"],
        )


class BadRecordAnswer(Answer):
    """A record that does not continue the chain, or a gap before it."""

    key: str
    problem: str
    expected: str
    found: str


class VerificationAnswer(Answer):
    """What checking a piece of a chain found."""

    service: str
    checked: int
    bad: list[BadRecordAnswer]
    next: int | None


@router.get("", responses=problems(Unavailable))
def read_audit(
    user: CurrentUser,
    page: Page,
    identity: IdentityDep,
    service: Annotated[ServiceName | None, Query(description="Of one service only.")] = None,
    actor: Annotated[str | None, Query(max_length=128, description="A user's id, or a service.")] = None,
    subject: Annotated[str | None, Query(max_length=200, description="An id, or type:id.")] = None,
    from_day: Annotated[IsoDate | None, Query(alias="from", description="A day (UTC), inclusive.")] = None,
    to_day: Annotated[IsoDate | None, Query(alias="to", description="A day (UTC), exclusive.")] = None,
) -> ListAnswer[AuditAnswer]:
    """List who did what, when and why, the newest first; a service that is away makes the answer a 503, not a gap."""
    since, until = _midnight(from_day), _midnight(to_day)
    wanted = AuditFilter(actor=actor, subject=subject, since=since, until=until)
    times = {name: format_time(at) for name, at in (("since", since), ("until", until)) if at is not None}

    def read(name: str, below: int | None, limit: int) -> Records:
        if name == "identity":
            with identity.store.read() as session:
                return list_audit(session, wanted, below=below, limit=limit)
        asked = {"below": below, "limit": limit, "actor": actor, "subject": subject, **times}
        return identity.trails.read(name, "/internal/audit", asked, act=user.user_id)

    try:
        records, following = read_merged((service,) if service else SERVICES, read, cursor=page.after, limit=page.limit)
    except ValueError:
        raise BadCursor from None
    cursor = None if following is None else encode_cursor(following)
    return ListAnswer(items=[AuditAnswer.of(record) for record in records], next=cursor)


@router.get("/verification", responses=problems(Unavailable))
def verify_audit(
    user: CurrentUser,
    identity: IdentityDep,
    service: ServiceName,
    after: Annotated[int, Query(ge=0, le=2**53, description="The record to go on after.")] = 0,
) -> VerificationAnswer:
    """Check a piece of a service's audit chain; go on with `next` until it is null. `bad` names the rows that lie."""
    if service == "identity":
        with identity.store.read() as session:
            said = check_audit(session, after=after, limit=CHECKED_AT_ONCE)
    else:
        said = identity.trails.check(service, after=after, act=user.user_id)
    return VerificationAnswer.model_validate({"service": service, **said})


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, tzinfo=UTC)

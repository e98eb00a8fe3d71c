"""Reading and writing commands that wait for a second person."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from sqlalchemy import insert, or_, select, update
from sqlmodel import Session

from services.transactions.domain.approval import OPEN_STATES, PENDING, WaitingCommand
from services.transactions.store.tables import METADATA

WAITING = METADATA.tables["waiting_commands"]
_COLUMNS = [WAITING.c[name] for name in WaitingCommand.__dataclass_fields__]


def find_waiting(session: Session, approval_id: str) -> WaitingCommand | None:
    """Give a command by the id of its approval."""
    found = session.execute(select(*_COLUMNS).where(WAITING.c.id == approval_id)).first()
    return WaitingCommand(*found) if found else None


def load_waiting(session: Session, *, ids: Collection[str], subjects: Collection[str]) -> list[WaitingCommand]:
    """Give commands by id, and those about these subjects that may still come about."""
    about = WAITING.c.subject_id.in_(subjects) & WAITING.c.state.in_(OPEN_STATES)
    rows = session.execute(select(*_COLUMNS).where(or_(WAITING.c.id.in_(ids), about)).order_by(WAITING.c.id))
    return [WaitingCommand(*row) for row in rows]


def write_waiting(session: Session, commands: Iterable[WaitingCommand], *, known: Collection[str]) -> None:
    """Keep new commands, and how known ones ended."""
    for one in commands:
        if one.id not in known:
            session.execute(insert(WAITING), [asdict(one)])
        else:
            ended = {"state": one.state, "entry_id": one.entry_id, "refusal": one.refusal}
            session.execute(update(WAITING).where(WAITING.c.id == one.id).values(**ended))


def note_decision(session: Session, approval_id: str, *, state: str, decided_by: str | None) -> bool:
    """Note what a second person decided of a command that still waits; False if there is none."""
    mine = update(WAITING).where(WAITING.c.id == approval_id, WAITING.c.state == PENDING)
    done = session.execute(mine.values(state=state, decided_by=decided_by))
    return bool(done.rowcount)  # type: ignore[attr-defined]

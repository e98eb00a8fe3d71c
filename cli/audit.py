"""Check the audit trail of every store (`strongroom audit verify`): its chain, its gaps, and that it is append-only."""

from cli.verify import PIECE, opened
from shared.errors import FaultAtStart
from shared.store.chains import AuditWalk, BadRow
from shared.store.engine import Store
from shared.store.schema import check_shape


def verify_trails(urls: dict[str, str]) -> tuple[list[str], bool]:
    """Walk each trail in one read transaction; gives a line for each store, and whether all are good.

    :raises Refused: if a store cannot be read at all
    """
    lines: list[str] = []
    good = True
    with opened(urls) as stores:
        for name, store in stores.items():
            records, first = _walk(store)
            good = good and first is None
            lines.append(f"{name}: {records} records, {first or 'nothing is wrong'}")
    return lines, good


def _walk(store: Store) -> tuple[int, BadRow | None]:
    first: BadRow | None = None
    try:
        with store.reader.connect() as connection:
            check_shape(connection, store.service)
    except FaultAtStart as fault:
        first = BadRow("audit", "triggers", str(fault))
    walk, records = AuditWalk(store.plumbing), 0
    with store.read() as session:
        while (piece := walk.step(session, PIECE)).rows:
            records += len(piece.rows)
            first = first or (piece.bad[0] if piece.bad else None)
    return records, first

"""Write audit records that belong to no command's own transaction: refused commands, and who looked at what.

A record is durable before its answer goes out. Whoever comes while others are being written waits and is written with
the next lot, so a flood of refusals costs the store a few commits and not one each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from shared.clock import now
from shared.contracts.caller import Caller
from shared.store.audit import AuditRecord, write_audit
from shared.store.engine import Store

REFUSED = "refused"
VIEW = "look-at-customer"
"""The command of a record that says: staff were shown a customer's data."""
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


def refusal_of(
    caller: Caller, route: str, path_ids: Mapping[str, str], *, status: int, code: str | None, request_id: str | None
) -> AuditRecord:
    """Give the record of a refused command: who tried what on which object, and the refusal's code."""
    after = {"status": status, "code": code}
    return AuditRecord(caller, route, REFUSED, subject_of(path_ids), after=after, request_id=request_id)


def look_of(caller: Caller, what: str) -> dict[str, Any]:
    """Give what is kept of a look beside who and whom: through which operation, in which roles and branch."""
    return {"what": what, "roles": sorted(caller.roles), "branch_id": caller.branch_id}


def subject_of(path_ids: Mapping[str, str]) -> str:
    """Give the first id of an address; what cannot be an id of ours is not repeated, for it may be anything."""
    first = next(iter(path_ids.values()), "-")
    return first if _ID.fullmatch(first) else "-"


@dataclass(slots=True)
class _Waiting:
    records: Sequence[AuditRecord]
    done: bool = False
    fault: Exception | None = None


class Witness:
    """The one writer of such records in a process."""

    def __init__(self, store: Store) -> None:
        """Name the store whose trail it is."""
        self._store = store
        self._waiting: list[_Waiting] = []
        self._gathering = Lock()
        self._writing = Lock()

    def record(self, records: Sequence[AuditRecord]) -> None:
        """Append records to the trail and come back when they are durable; any thread may call.

        :raises Unavailable: if the store takes nothing; then none of them is written
        """
        own = _Waiting(records)
        with self._gathering:
            self._waiting.append(own)
        with self._writing:
            if not own.done:
                self._write_all()
        if own.fault is not None:
            raise own.fault

    def _write_all(self) -> None:
        with self._gathering:
            lot, self._waiting = self._waiting, []
        fault: Exception | None = None
        try:
            with self._store.write() as session:
                write_audit(session, [record for one in lot for record in one.records], at=now())
        except Exception as wrong:  # noqa: BLE001 (each who waits is told)
            fault = wrong
        for one in lot:
            one.done, one.fault = True, fault

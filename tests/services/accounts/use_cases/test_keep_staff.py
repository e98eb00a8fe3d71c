"""The people who work for the bank."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.accounts.domain.branch import UnknownBranch
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.staff import BadSupervisor, StaffExists, StaffNotFound
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.keep_staff import add_staff, edit_staff
from tests.services.accounts.conftest import ALMA, Lives

LEAD = {"position": "Lead"}


def person(name: str, **more: Any) -> dict[str, Any]:
    basics = {"name": name, "email": f"{name}@demo.bank", "position": "Teller", "branch_id": "main"}
    return {**basics, "hire_date": date(2020, 1, 1), **more}


class TestKeepStaff:
    def test_keeps_a_chain_of_supervisors_without_circles(self, lives: Lives) -> None:
        with lives.store.write() as session:
            boss = add_staff(session, caller=ALMA, fields=person("sam")).id
            tess = add_staff(session, caller=ALMA, fields=person("tess", supervisor_id=boss)).id
            with pytest.raises(BadSupervisor):
                add_staff(session, caller=ALMA, fields=person("x", supervisor_id="nobody"))
        for above in (tess, boss):
            with pytest.raises(BadSupervisor), lives.store.write() as session:
                edit_staff(session, caller=ALMA, staff_id=boss, seen_version=1, fields={"supervisor_id": above})
        assert lives.facts() == ["staff-changed", "staff-changed"]

    def test_changes_what_is_another_value_and_counts_it(self, lives: Lives) -> None:
        with lives.store.write() as session:
            tess = add_staff(session, caller=ALMA, fields=person("tess")).id
            same = edit_staff(session, caller=ALMA, staff_id=tess, seen_version=1, fields={"position": "Teller"})
            assert same.version == 1
            row = edit_staff(
                session, caller=ALMA, staff_id=tess, seen_version=1, fields={"position": "Lead"}, note="leads the desk"
            )
            assert (row.position, row.version) == ("Lead", 2)
            with pytest.raises(VersionMismatch):
                edit_staff(session, caller=ALMA, staff_id=tess, seen_version=1, fields={"position": "Boss"})
            with pytest.raises(StaffNotFound):
                edit_staff(session, caller=ALMA, staff_id="none", seen_version=1, fields={})

            audit = PLUMBING.audit
            kept = session.execute(select(audit.c.command, audit.c.reason).order_by(audit.c.sequence)).all()
        assert [tuple(one) for one in kept][-2:] == [("add-staff", None), ("edit-staff", "leads the desk")]

    def test_refuses_a_second_one_of_an_address_and_a_branch_that_is_none(self, lives: Lives) -> None:
        with lives.store.write() as session:
            add_staff(session, caller=ALMA, fields=person("tess"))
            with pytest.raises(StaffExists):
                add_staff(session, caller=ALMA, fields=person("tess"))
            with pytest.raises(UnknownBranch):
                add_staff(session, caller=ALMA, fields=person("ted", branch_id="moon"))

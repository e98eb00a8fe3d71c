"""Which changes of roles need a second person."""

import pytest

from services.identity.domain.role_change import NotAChecker, OwnRoles, check_decider, needs_checker

CHECKED = frozenset({"admin"})


class TestNeedsChecker:
    @pytest.mark.parametrize(
        ("before", "after", "own", "waits"),
        [
            (["teller"], ["officer"], False, False),
            (["teller"], ["admin", "teller"], False, True),
            (["admin", "teller"], ["teller"], False, True),
            (["admin"], ["admin", "teller"], False, False),
            (["admin"], ["admin", "teller"], True, True),
            (["admin", "teller"], ["admin"], True, False),
        ],
    )
    def test_looks_at_what_comes_what_goes_and_for_whom(
        self, before: list[str], after: list[str], own: bool, waits: bool
    ) -> None:
        assert needs_checker(before=before, after=after, own=own, checked=CHECKED) is waits


class TestCheckDecider:
    @pytest.mark.parametrize("decided_by", [None, "alma", "tess"])
    def test_refuses_who_asked_and_who_gains(self, decided_by: str | None) -> None:
        with pytest.raises(OwnRoles):
            check_decider(decided_by=decided_by, made_by="alma", subject_id="tess", roles=["admin"])

    def test_refuses_other_roles(self) -> None:
        with pytest.raises(NotAChecker):
            check_decider(decided_by="olu", made_by="alma", subject_id="tess", roles=["officer"])
        check_decider(decided_by="sam", made_by="alma", subject_id="tess", roles=["supervisor"])

"""Step-ups: given for one command, taken once."""

from datetime import timedelta

import pytest

from services.identity.use_cases.issue_step_up import issue_step_up
from services.identity.use_cases.reauthenticate import Proof
from services.identity.use_cases.take_step_up import take_step_up
from shared.clients.jwks import KeySet
from shared.clients.step_up import StepUpRequired, StepUpSubject
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World

TRANSFER = StepUpSubject("transfer", 1_000_000, "EUR", "account-1", "DE02")


@pytest.fixture
def ada(world: World) -> Caller:
    return world.caller(world.add("ada@demo.bank"), world.sign_in("ada@demo.bank"))


def token(world: World, ada: Caller) -> str:
    made, _ = issue_step_up(
        world.desk,
        caller=ada,
        user_id=str(ada.user_id),
        session_id=str(ada.session_id),
        subject=TRANSFER,
        proof=Proof(password=PASSWORD),
        device=PHONE,
        now=NOW,
    )
    return made


def take(
    world: World,
    ada: Caller,
    raw: str | None,
    *,
    subject: StepUpSubject = TRANSFER,
    after: timedelta = timedelta(0),
) -> None:
    keys = KeySet(world.keys.jwks)
    take_step_up(world.store, raw=raw, subject=subject, caller=ada, keys=keys, now=NOW + after)


class TestTakeStepUp:
    def test_takes_it_once(self, world: World, ada: Caller) -> None:
        raw = token(world, ada)
        take(world, ada, raw)
        with pytest.raises(StepUpRequired):
            take(world, ada, raw)

    def test_says_what_to_approve_when_there_is_none(self, world: World, ada: Caller) -> None:
        with pytest.raises(StepUpRequired) as asked:
            take(world, ada, None)
        assert asked.value.numbers == {
            "action": "transfer",
            "details": {"amount_minor": 1_000_000, "currency": "EUR", "payer": "account-1", "payee": "DE02"},
        }

    @pytest.mark.parametrize(
        "changed",
        [
            StepUpSubject("transfer", 1_000_001, "EUR", "account-1", "DE02"),
            StepUpSubject("transfer", 1_000_000, "USD", "account-1", "DE02"),
            StepUpSubject("transfer", 1_000_000, "EUR", "account-2", "DE02"),
            StepUpSubject("transfer", 1_000_000, "EUR", "account-1", "DE03"),
            StepUpSubject("withdrawal", 1_000_000, "EUR", "account-1", "DE02"),
        ],
    )
    def test_refuses_another_command(self, world: World, ada: Caller, changed: StepUpSubject) -> None:
        with pytest.raises(StepUpRequired):
            take(world, ada, token(world, ada), subject=changed)

    def test_refuses_another_session_another_user_and_more_than_five_minutes(self, world: World, ada: Caller) -> None:
        raw = token(world, ada)
        for other in (Caller(user_id=ada.user_id, session_id="s2"), Caller(user_id="ben", session_id=ada.session_id)):
            with pytest.raises(StepUpRequired):
                take(world, other, raw)
        with pytest.raises(StepUpRequired):
            take(world, ada, raw, after=timedelta(seconds=300))

    def test_refuses_an_access_token_and_a_token_of_another_bank(self, world: World, ada: Caller) -> None:
        access = world.sign_in("ada@demo.bank").access_token
        for raw in (access, "x", "", "a" * 10_000):
            with pytest.raises(StepUpRequired):
                take(world, ada, raw)

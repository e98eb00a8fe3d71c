"""Signing in."""

from dataclasses import replace

import jwt
import pytest
from sqlalchemy import select

from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.session import Device, InvalidCredentials
from services.identity.domain.step_up import SecondFactorRequired
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.tables import PLUMBING, SessionRow, SignInEventRow, table_of
from services.identity.store.users_queries import user_row
from services.identity.use_cases.forget_password import forget_password
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, Post, World


class TestSignIn:
    def test_gives_an_access_token_that_says_who(self, world: World) -> None:
        user = world.add("ada@demo.bank", "customer", customer_id="c1")
        tokens = world.sign_in(" ADA@demo.bank")
        claims = jwt.decode(tokens.access_token, options={"verify_signature": False})
        assert jwt.get_unverified_header(tokens.access_token)["typ"] == "at+jwt"
        assert (claims["sub"], claims["cid"], claims["roles"], claims["branch_id"]) == (
            user.id,
            "c1",
            ["customer"],
            "b1",
        )
        assert claims["exp"] - claims["iat"] == tokens.expires_in == 300

    @pytest.mark.sqlite  # reads the store's own file
    def test_keeps_no_refresh_token(self, world: World) -> None:
        world.add("ada@demo.bank")
        token = world.sign_in("ada@demo.bank").refresh_token
        assert (
            token.encode()
            not in world.store.path.read_bytes() + world.store.path.with_name("identity.db-wal").read_bytes()
        )

    @pytest.mark.parametrize(
        ("email", "password"), [("ada@demo.bank", "another long one"), ("bob@demo.bank", PASSWORD)]
    )
    def test_refuses_and_logs_a_failure(self, world: World, email: str, password: str) -> None:
        user = world.add("ada@demo.bank")
        with pytest.raises(InvalidCredentials):
            world.sign_in(email, password)
        with world.store.read() as session:
            event = session.execute(select(table_of(SignInEventRow))).one()
            assert session.execute(select(table_of(SessionRow))).first() is None
        assert (event.kind, event.address) == ("failure", "192.0.2.7")
        assert event.user_id == (user.id if email == "ada@demo.bank" else None)
        assert "bob" not in str(event)

    def test_refuses_who_is_suspended(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        with world.store.write() as session:
            user_row(session, user.id).status = "suspended"
        with pytest.raises(InvalidCredentials):
            world.sign_in("ada@demo.bank")

    def test_works_on_an_unknown_address_as_long_as_on_a_known_one(self, world: World) -> None:
        hashed = []

        class Counting(PasswordHashes):
            def verify(self, password: str, known: str | None) -> tuple[bool, str | None]:
                hashed.append(known)
                return super().verify(password, known)

        other = World(world.settings, world.store, world.keys, Counting(memory_kib=8, passes=1, at_once=1), Post())
        with pytest.raises(InvalidCredentials):
            other.sign_in("nobody@demo.bank")
        assert hashed == [None]
        assert other.hashes.verify("anything", None) == (False, None)

    def test_renews_a_hash_of_another_cost(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        dearer = PasswordHashes(memory_kib=16, passes=1, at_once=1)
        World(world.settings, world.store, world.keys, dearer, Post()).sign_in("ada@demo.bank")
        with world.store.read() as session:
            assert "m=16" in user_row(session, user.id).password_hash

    def test_leaves_an_audit_record(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        world.sign_in("ada@demo.bank")
        with world.store.read() as session:
            record = session.execute(select(PLUMBING.audit)).one()
        assert (record.user_id, record.command, record.at >= NOW) == (user.id, "sign-in", True)


class TestSecondFactorByMail:
    def test_is_asked_for_after_the_right_password_only(self, world: World) -> None:
        asking = world.asking_for_codes()
        world.add("ada@demo.bank")
        with pytest.raises(InvalidCredentials):
            asking.sign_in("ada@demo.bank", "another long one")
        assert world.mailer.mails == []
        with pytest.raises(SecondFactorRequired):
            asking.sign_in("ada@demo.bank")
        asking.sign_in("ada@demo.bank", otp=world.mailer.code())
        with pytest.raises(InvalidCode):
            asking.sign_in("ada@demo.bank", otp=world.mailer.code())

    def test_is_bound_to_signing_in(self, world: World) -> None:
        asking = world.asking_for_codes()
        world.add("ada@demo.bank")
        forget_password(asking.desk, email="ada@demo.bank", now=NOW)
        with pytest.raises(InvalidCode):
            asking.sign_in("ada@demo.bank", otp=world.mailer.code())


class TestBackOff:
    def fail(self, world: World, device: Device, times: int) -> None:
        for _ in range(times):
            with pytest.raises(InvalidCredentials):
                world.sign_in("ada@demo.bank", "another long one", device=device)

    def test_makes_strangers_wait_and_not_the_owners_device(self, world: World) -> None:
        world.add("ada@demo.bank")
        own = replace(PHONE, token=world.sign_in("ada@demo.bank").device_token)
        assert own.token
        stranger = Device(address="203.0.113.5", agent="curl")
        self.fail(world, stranger, world.settings.free_tries)
        with pytest.raises(TooManyTries) as refused:
            world.sign_in("ada@demo.bank", device=stranger)
        assert refused.value.numbers == {"retry_after_seconds": 1}
        assert world.sign_in("ada@demo.bank", device=own).device_token is None

    def test_makes_a_stolen_device_wait_on_its_own(self, world: World) -> None:
        world.add("ada@demo.bank")
        own = replace(PHONE, token=world.sign_in("ada@demo.bank").device_token)
        self.fail(world, own, world.settings.free_tries)
        with pytest.raises(TooManyTries):
            world.sign_in("ada@demo.bank", device=own)
        world.sign_in("ada@demo.bank")

    def test_treats_an_unknown_address_alike(self, world: World) -> None:
        for _ in range(world.settings.free_tries):
            with pytest.raises(InvalidCredentials):
                world.sign_in("nobody@demo.bank")
        with pytest.raises(TooManyTries):
            world.sign_in("nobody@demo.bank")

    def test_makes_an_address_wait_that_tries_many_accounts(self, world: World) -> None:
        world.add("ada@demo.bank")
        for number in range(world.settings.free_tries_per_address):
            with pytest.raises(InvalidCredentials):
                world.sign_in(f"nobody-{number}@demo.bank")
        with pytest.raises(TooManyTries):
            world.sign_in("ada@demo.bank")
        world.sign_in("ada@demo.bank", device=Device(address="203.0.113.9", agent="x"))

    def test_believes_no_token_of_another_account(self, world: World) -> None:
        world.add("ada@demo.bank")
        world.add("eve@demo.bank")
        eves = replace(PHONE, token=world.sign_in("eve@demo.bank").device_token)
        self.fail(world, eves, world.settings.free_tries)
        with pytest.raises(TooManyTries):
            world.sign_in("ada@demo.bank")


class TestNewDevice:
    def test_is_told_of_once(self, world: World) -> None:
        world.add("ada@demo.bank", "customer", customer_id="c1")
        world.sign_in("ada@demo.bank")
        world.sign_in("ada@demo.bank")
        elsewhere = Device(address="203.0.113.5", agent="curl/8")
        world.sign_in("ada@demo.bank", device=elsewhere)
        world.sign_in("ada@demo.bank", device=elsewhere)
        with world.store.read() as session:
            facts = [row.type for row in session.execute(PLUMBING.outbox.select())]
        assert facts.count("bank.identity.signed-in-on-new-device.v1") == 1

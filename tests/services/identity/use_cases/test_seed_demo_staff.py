"""The sandbox's staff."""

import jwt
import pytest

from services.identity.use_cases.seed_demo_staff import DEMO_STAFF, seed_demo_staff
from tests.services.identity.conftest import NOW, World


class TestSeedDemoStaff:
    def test_makes_them_once(self, world: World) -> None:
        assert seed_demo_staff(world.store, hashes=world.hashes, now=NOW) == 6
        assert seed_demo_staff(world.store, hashes=world.hashes, now=NOW) == 0

    @pytest.mark.parametrize("name", sorted(DEMO_STAFF))
    def test_lets_each_in_with_their_role_and_branch(self, world: World, name: str) -> None:
        seed_demo_staff(world.store, hashes=world.hashes, now=NOW)
        tokens = world.sign_in(f"{name}@demo.bank", f"demo-password-{name}")
        claims = jwt.decode(tokens.access_token, options={"verify_signature": False})
        assert claims["roles"] == [DEMO_STAFF[name]]
        assert claims["branch_id"] == "main"  # the id that accounts gives its first branch

"""When identity does not start."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from services.identity.main import create_app
from services.identity.settings import IdentitySettings
from shared.errors import FaultAtStart
from tests.services.identity.conftest import World


class TestCreateApp:
    def test_refuses_production_without_a_key(self, tmp_path: Path) -> None:
        with pytest.raises(FaultAtStart, match="no signing key"):
            create_app(IdentitySettings(environment="production", data_dir=tmp_path))

    def test_refuses_production_on_a_sandboxs_store(self, world: World) -> None:
        with TestClient(create_app(world.settings)):
            pass
        production = IdentitySettings(
            environment="production",
            data_dir=world.settings.data_dir,
            database_url=world.settings.database_url,
            listener="off",
        )
        with pytest.raises(FaultAtStart, match="demo logins"), TestClient(create_app(production)):
            pass

    def test_makes_nobody_in_production(self, world: World) -> None:
        production = IdentitySettings(
            environment="production",
            data_dir=world.settings.data_dir,
            database_url=world.settings.database_url,
            listener="off",
        )
        body = {"email": "alma@demo.bank", "password": "demo-password-alma"}
        with TestClient(create_app(production)) as client:
            assert client.post("/api/v1/auth/login", json=body).status_code == 401

    @pytest.mark.sqlite  # on PostgreSQL replicas share the store
    def test_refuses_a_store_that_another_process_has(self, world: World, client: TestClient) -> None:
        with pytest.raises(FaultAtStart, match="in use"), TestClient(create_app(world.settings)):
            pass

    def test_refuses_a_store_that_was_not_migrated(self, settings: IdentitySettings) -> None:
        with pytest.raises(FaultAtStart, match="migrate"), TestClient(create_app(settings)):
            pass

    def test_refuses_cheap_hashes_in_production(self, tmp_path: Path) -> None:
        with pytest.raises(ValidationError, match="19456"):
            IdentitySettings(environment="production", data_dir=tmp_path, argon2_memory_kib=8)

    @pytest.mark.parametrize(
        "weaker", [{"email_codes": "off"}, {"email_confirmation": "off"}, {"checked_roles": ["admin"]}]
    )
    def test_refuses_in_production_what_only_a_sandbox_does(self, tmp_path: Path, weaker: dict[str, Any]) -> None:
        with pytest.raises(ValidationError, match="production"):
            IdentitySettings(environment="production", data_dir=tmp_path, **weaker)
        assert IdentitySettings(environment="sandbox", data_dir=tmp_path, **weaker).is_sandbox

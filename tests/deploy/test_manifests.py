"""The strict schemas hold for each version, and neither a finding nor a waiver is left without the other."""

import pytest

from tests.deploy.manifests import VERSIONS, Waiver, invalid, left_over, read_waivers
from tests.deploy.rendering import OVERLAYS


class TestTheSchemas:
    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("overlay", OVERLAYS)
    def test_hold_strictly(self, overlay: str, version: str) -> None:
        assert invalid(overlay, version) == []

    def test_are_three_versions(self) -> None:
        assert len(set(VERSIONS)) == 3


class TestWaivers:
    def test_explain_themselves(self) -> None:
        assert len(read_waivers()) >= 1

    def test_leave_only_what_they_name(self) -> None:
        waivers = [Waiver("CKV_1", ["Deployment.bank.*"], "because this is how it is done")]
        found = [("CKV_1", "Deployment.bank.web"), ("CKV_1", "Job.bank.web"), ("CKV_2", "Deployment.bank.web")]
        assert left_over(found, waivers) == ["CKV_1 Job.bank.web", "CKV_2 Deployment.bank.web"]
        assert waivers[0].used == 1

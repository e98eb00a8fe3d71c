"""Ports: each taken one is named with the variable that changes it."""

import socket

import pytest

from cli.data_folder import Refused
from cli.ports import PORTS, check_ports, free_ports


def some_ports() -> dict[str, int]:
    return dict(zip([port.owner for port in PORTS], free_ports(len(PORTS)), strict=True))


class TestCheckPorts:
    def test_accepts_free_ones(self) -> None:
        check_ports(some_ports())

    def test_names_a_taken_port_and_its_variable(self) -> None:
        ports = some_ports()
        with socket.socket() as other:
            other.bind(("127.0.0.1", ports["accounts"]))
            other.listen()
            with pytest.raises(Refused, match=rf"{ports['accounts']} .*STRONGROOM_ACCOUNTS_PORT") as refused:
                check_ports(ports)
        assert "\n" not in str(refused.value)

    def test_sees_another_program_that_localhost_reaches_first(self) -> None:
        ports = some_ports()
        with socket.socket(socket.AF_INET6) as other:
            try:
                other.bind(("::1", ports["gateway"]))
            except OSError:
                pytest.skip("no IPv6 on this machine")
            other.listen()
            with pytest.raises(Refused, match="STRONGROOM_PORT"):
                check_ports(ports)

    def test_refuses_one_port_for_two(self) -> None:
        ports = some_ports()
        ports["mail"] = ports["identity"]
        with pytest.raises(Refused, match=r"identity and for mail.*STRONGROOM_MAIL_PORT"):
            check_ports(ports)


class TestFreePorts:
    def test_differ(self) -> None:
        assert len(set(free_ports(20))) == 20

"""`strongroom seed` and `seed-transactions`: what is no sense is refused in one clear line, before anything is sent."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

RUNNER = CliRunner()


def said(*arguments: str) -> tuple[int, str]:
    done = RUNNER.invoke(app, list(arguments))
    return done.exit_code, done.output


class TestBadArguments:
    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (("--customers", "1", "--seed", "3"), "--customers"),
            (("--customers", "-4"), "--customers"),
            (("--customers", "10001"), "--customers"),
            (("--customers", "many"), "--customers"),
            (("--customers", "4", "--years", "-1"), "--years"),
            (("--customers", "4", "--years", "11"), "--years"),
            (("--customers", "4", "--seed", "-1"), "--seed"),
            (("--customers", "4", "--seed", "x"), "--seed"),
            (("--customers", "4", "--days", "367"), "--days"),
            (("--years", "1"), "--customers"),
            (("--seed", "1"), "--customers"),
            (("--customers", "4", "--history"), "--history"),
        ],
    )
    def test_of_seed_are_named(self, tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
        code, output = said("seed", "--data-dir", str(tmp_path), *arguments)
        assert code != 0
        assert word in output

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (("--customer", "ada"), "--count"),
            (("--count", "3"), "--customer"),
            (("--customer", "ada", "--count", "0"), "--count"),
            (("--customer", "ada", "--count", "1.5"), "--count"),
            (("--customer", "ada", "--count", "3", "--seed", "-2"), "--seed"),
        ],
    )
    def test_of_seed_transactions_are_named(self, arguments: tuple[str, ...], word: str) -> None:
        code, output = said("seed-transactions", *arguments)
        assert code != 0
        assert word in output

    def test_a_folder_without_a_running_bank_is_said(self, tmp_path: Path) -> None:
        for command in (
            ("seed", "--customers", "2"),
            ("seed-transactions", "--customer", "a", "--count", "1"),
            ("ledger-hash",),
        ):
            code, output = said(command[0], "--data-dir", str(tmp_path), *command[1:])
            assert (code, output.count("strongroom: ")) == (1, 1), output


class TestHelp:
    def test_tells_of_the_town_and_its_seed(self) -> None:
        code, output = said("seed", "--help")
        assert code == 0
        assert all(word in output for word in ("--customers", "--years", "--seed", "town"))

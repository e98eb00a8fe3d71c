"""The page, the charts and the tables, written from figures that are made up."""

import io
import json
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from rich.console import Console

from tests.benchmark.report import LOADS, NAMES, print_report, write_report


def load_run(rate: float, **changed: Any) -> dict[str, Any]:
    made = {
        "transfers_per_second": rate,
        "latency_ms": {"p50": 5.0, "p95": 9.0, "p99": 12.5},
        "errors": 0,
        "others": {},
        "samples": [],
        "wrong": [],
        "cpu_us": {"writer": 60.0, "gateway": 40.0, "notifications": 9.0, "load": 15.0, "bank": 0.0},
        "writer": {"batches": 100.0, "commands_per_batch": 64.0, "commit_ms": 3.25},
        "behind": {"accounts": 12, "notifications": 3_456},
    }
    return made | changed


def figures(**changed: Any) -> dict[str, Any]:
    runs = {name: [load_run(1_000.0), load_run(3_000.0), load_run(2_000.0)] for name in NAMES}
    goal = {
        "name": "a ÷ b",
        "measured": 2.0,
        "bar": 1.0,
        "bar_text": "≥ 1 ×",
        "text": "2.00 ×",
        "met": True,
        "unit": "×",
    }
    machine = {
        "name": "Some CPU",
        "cpu": "Some CPU 1",
        "cores": 2,
        "memory_gb": 8.0,
        "system": "Linux",
        "load_before": 0.1,
    }
    made = {
        "taken_at": "2026-11-23T00:00:00+00:00",
        "machine": machine | {"distribution": "Debian", "file_system": "ext4", "fdatasync_ms": 0.4},
        "versions": {"python": "3.11"},
        "size": {"rounds": 3, "seconds": 6.0, "people": 500, "accounts": 10_000},
        "set_up_seconds": {"bank": 7.0},
        "open_loop_rate": 1_000.0,
        "runs": runs,
        "goals": [goal, goal | {"name": "c ÷ d", "met": False}],
        "final_check": {"entries": 123_456, "wrong": []},
        "seconds": 500,
    }
    return made | changed


class TestWriteReport:
    def test_keeps_every_run_in_a_file_named_by_day_and_machine(self, tmp_path: Path) -> None:
        write_report(figures(), tmp_path)
        kept = json.loads((tmp_path / "2026-11-23-some-cpu-2-cores.json").read_text())
        assert kept == figures()

    def test_writes_a_page_with_medians_ratios_and_goals_beside_their_bars(self, tmp_path: Path) -> None:
        write_report(figures(), tmp_path)
        page = (tmp_path / "README.md").read_text()
        assert "| a ÷ b | ≥ 1 × | 2.00 × | met |" in page
        assert "| c ÷ d | ≥ 1 × | 2.00 × | not met |" in page
        assert "| bank, 64 connections | 2,000 | 1,000 – 3,000 | 1.00 | 1.00 | 1.00 |" in page
        assert "| writer | 60 | 60 | 60 | 60 | 60 |" in page
        assert "Nothing failed" in page

    def test_names_what_failed(self, tmp_path: Path) -> None:
        found = figures(final_check={"entries": 1, "wrong": ["2 balances differ from their postings"]})
        found["runs"]["gateway-64"][1] = load_run(
            1.0, others={"503": 7}, samples=["queue full"], wrong=["money appeared"]
        )
        write_report(found, tmp_path)
        page = (tmp_path / "README.md").read_text()
        assert "* at the end: 2 balances differ from their postings" in page
        assert "* gateway-64, run 2: money appeared" in page
        assert "* gateway-64, run 2: {'503': 7} such as ['queue full']" in page

    def test_draws_charts_that_load_nothing_from_elsewhere(self, tmp_path: Path) -> None:
        write_report(figures(), tmp_path)
        for name in ("transfers.svg", "cpu.svg"):
            text = (tmp_path / name).read_text()
            root = ElementTree.fromstring(text)
            linked = [value for node in root.iter() for key, value in node.attrib.items() if key.endswith("href")]
            assert linked == []
            assert not [node for node in root.iter() if node.tag.endswith("script")]
            assert "prefers-color-scheme:dark" in text


class TestPrintReport:
    def test_says_the_same_in_the_terminal(self) -> None:
        console = Console(record=True, width=200, file=io.StringIO())
        print_report(figures(), console)
        told = console.export_text()
        assert all(NAMES[load] in told for load in LOADS)
        assert "not met" in told

"""What a person reads: tables in the terminal, and `docs/benchmarks` with the raw figures, tables and charts."""

import json
import re
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmark.arithmetic import median, spread
from tests.benchmark.charts import draw_charts
from tests.builders.bank import ROOT

FOLDER = ROOT / "docs" / "benchmarks"
NAMES = {
    "pgbench": "(a) pgbench simple-update, 16 clients",
    "pgbench-hot": "(a) pgbench, one row, 64 clients",
    "plain": "(b) plain variant, 64 connections",
    "plain-hot": "(b) plain variant, one hot account",
    "raw": "(c) raw group commit, 100 a commit",
    "raw-hot": "(c) raw group commit, one hot account",
    "engine": "engine alone, batches of 256",
    "engine-hot": "engine alone, one hot account",
    "gateway-64": "bank, 64 connections",
    "gateway-256": "bank, 256 connections",
    "gateway-hot-64": "bank, one hot account, 64 connections",
    "gateway-batch-500": "bank, POST /transfers/batch of 500",
    "open-loop": "bank, open loop at half of peak",
}
LOADS = ("gateway-64", "gateway-256", "gateway-hot-64", "gateway-batch-500", "open-loop")
BATCH = "commands a batch"
Rows = list[list[str]]


def print_report(found: dict[str, Any], console: Console) -> None:
    """Print what was found."""
    machine, versions = found["machine"], found["versions"]
    console.print(
        f"\n[bold]{machine['cpu']}, {machine['cores']} cores[/], {machine['memory_gb']} GB, {machine['system']}"
    )
    console.print(
        f"fdatasync {machine['fdatasync_ms']} ms on {machine['file_system']}, load before {machine['load_before']}"
    )
    console.print(", ".join(f"{name} {version}" for name, version in versions.items()))
    for title, header, rows in tables(found):
        table = Table(title=title, title_justify="left")
        for number, column in enumerate(header):
            table.add_column(column, justify="right" if number else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for line in failures(found):
        console.print(f"[red]{line}[/]")
    console.print(f"{found['final_check']['entries']} entries, measured in {found['seconds']} s")


def tables(found: dict[str, Any]) -> list[tuple[str, list[str], Rows]]:
    """Give every table: title, header, rows."""
    return [
        ("Goals", ["figure", "goal", "measured", ""], _goals(found)),
        ("Transfers a second", ["what", "median", "least – most", "÷ (a)", "÷ (b)", "÷ (c)"], _rates(found)),
        ("Latency and batches", ["load", "p50 ms", "p95 ms", "p99 ms", "errors", BATCH, "commit ms"], _loads(found)),
        ("CPU µs per transfer", ["process", *LOADS], _cpu(found)),
    ]  # fmt: skip


def _goals(found: dict[str, Any]) -> Rows:
    return [
        [goal["name"], goal["bar_text"], goal["text"], "met" if goal["met"] else "not met"] for goal in found["goals"]
    ]


def _rates(found: dict[str, Any]) -> Rows:
    runs = found["runs"]
    values = {name: [run["transfers_per_second"] for run in runs[name]] for name in NAMES}
    rows = []
    for name, text in NAMES.items():
        least, most = spread(values[name])
        hot = "-hot" if "hot" in name else ""
        ratios = [median(values[name]) / median(values[f"{other}{hot}"]) for other in ("pgbench", "plain", "raw")]
        rows.append(
            [text, f"{median(values[name]):,.0f}", f"{least:,.0f} – {most:,.0f}", *(f"{one:.2f}" for one in ratios)]
        )
    return rows


def _loads(found: dict[str, Any]) -> Rows:
    rows = []
    for name in LOADS:
        runs = found["runs"][name]
        latency = [f"{median([run['latency_ms'][p] for run in runs]):.1f}" for p in ("p50", "p95", "p99")]
        errors = str(sum(run["errors"] for run in runs))
        writer = [
            f"{median([run['writer'][figure] for run in runs]):.1f}" for figure in ("commands_per_batch", "commit_ms")
        ]
        rows.append([NAMES[name], *latency, errors, *writer])
    return rows


def _cpu(found: dict[str, Any]) -> Rows:
    names = {process for load in LOADS for run in found["runs"][load] for process in run["cpu_us"]}
    cost = {
        process: [median([run["cpu_us"].get(process, 0.0) for run in found["runs"][load]]) for load in LOADS]
        for process in names
    }
    ordered = sorted((process for process in names if max(cost[process]) >= 0.5), key=lambda one: -cost[one][0])
    rows = [[process, *(f"{one:.0f}" for one in cost[process])] for process in ordered]
    sums = [sum(cost[process][number] for process in names) for number in range(len(LOADS))]
    return [*rows, ["all", *(f"{one:.0f}" for one in sums)]]


def failures(found: dict[str, Any]) -> list[str]:
    """Say in lines what failed: broken invariants, and requests with samples of what was answered."""
    lines = [f"at the end: {wrong}" for wrong in found["final_check"]["wrong"]]
    for name, runs in found["runs"].items():
        for number, run in enumerate(runs, start=1):
            lines += [f"{name}, run {number}: {wrong}" for wrong in run.get("wrong", ())]
            if run.get("others"):
                lines.append(f"{name}, run {number}: {run['others']} such as {run['samples'][:1]}")
    return lines


def write_report(found: dict[str, Any], folder: Path = FOLDER) -> list[Path]:
    """Write the raw figures, the charts and the page, and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    machine = re.sub(r"[^a-z0-9]+", "-", f"{found['machine']['name']}-{found['machine']['cores']}-cores".lower()).strip(
        "-"
    )
    raw = folder / f"{found['taken_at'][:10]}-{machine}.json"
    raw.write_text(json.dumps(found, indent=1) + "\n")
    charts = draw_charts(found, folder, names=NAMES)
    page = folder / "README.md"
    page.write_text(_page(found, raw.name))
    return [raw, *charts, page]


def markdown(header: list[str], rows: Rows) -> str:
    """Write a table in Markdown."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(found: dict[str, Any], raw: str) -> str:
    template = (Path(__file__).parent / "page.md").read_text()
    machine, size = found["machine"], found["size"]
    parts = {title: markdown(header, rows) for title, header, rows in tables(found)}
    wrong = failures(found)
    return template.format(
        raw=raw,
        taken_at=found["taken_at"],
        minutes=f"{found['seconds'] / 60:.0f}",
        machine=", ".join(str(machine[key]) for key in ("cpu", "distribution", "system"))
        + f"; {machine['cores']} cores, {machine['memory_gb']} GB",
        disk=f"{machine['file_system']}, fdatasync of 4 KiB takes {machine['fdatasync_ms']} ms (median)",
        load=machine["load_before"],
        versions=", ".join(f"{name} {version}" for name, version in found["versions"].items()),
        rounds=size["rounds"],
        seconds=f"{size['seconds']:g}",
        people=f"{size['people']:,}",
        accounts=f"{size['accounts']:,}",
        entries=f"{found['final_check']['entries']:,}",
        open_rate=f"{found['open_loop_rate']:,.0f}",
        goals=parts["Goals"],
        rates=parts["Transfers a second"],
        loads=parts["Latency and batches"],
        cpu=parts["CPU µs per transfer"],
        failures="\n".join(f"* {line}" for line in wrong) or "Nothing failed: no request, no invariant.",
        set_up=", ".join(f"{name} {seconds} s" for name, seconds in found["set_up_seconds"].items()),
        behind=_behind(found),
    )


def _behind(found: dict[str, Any]) -> str:
    last = found["runs"]["gateway-64"][-1]["behind"]
    return ", ".join(f"{service} {facts:,}" for service, facts in last.items())

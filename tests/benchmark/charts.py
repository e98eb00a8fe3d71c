"""The charts of `docs/benchmarks`, drawn from the figures; they read well on a dark and on a light page."""

from pathlib import Path
from typing import Any

import pygal
from pygal.style import Style

from tests.benchmark.arithmetic import median

INK = "#7b828c"  # four to one against white and against a dark page
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=INK,
    opacity=".9",
    opacity_hover="1",
    colors=("#3b82c4", "#d9822b", "#2f9e6e", "#b0577f", "#8a6fd1", "#a3882c", "#4aa5b5", "#c0504d"),
    font_family="system-ui, sans-serif",
    label_font_size=14,
    major_label_font_size=14,
    value_font_size=13,
    legend_font_size=14,
    title_font_size=18,
    value_colors=(INK,) * 8,
)
DARK = "inline:@media (prefers-color-scheme: dark) { text, .title { fill: #c9d1d9 !important } }"
RATES = (
    "pgbench", "plain", "raw", "engine", "gateway-64", "gateway-256", "gateway-batch-500", "pgbench-hot", "plain-hot",
    "raw-hot", "engine-hot", "gateway-hot-64",
)  # fmt: skip
CPU_LOADS = ("gateway-64", "gateway-256", "gateway-hot-64", "gateway-batch-500", "open-loop")
LEAST_SHARE = 0.02


def draw_charts(found: dict[str, Any], folder: Path, *, names: dict[str, str]) -> list[Path]:
    """Draw transfers a second and CPU per transfer, and give the files."""
    charts = {"transfers.svg": _transfers(found, names), "cpu.svg": _cpu(found, names)}
    paths = []
    for name, chart in charts.items():
        path = folder / name
        path.write_bytes(chart.render())
        paths.append(path)
    return paths


def _options(height: int) -> dict[str, Any]:
    """Give what all charts have: no script (pygal would load one from elsewhere), no random names in the file."""
    return {
        "style": STYLE,
        "js": (),
        "css": ("file://style.css", "file://graph.css", DARK),
        "width": 960,
        "height": height,
        "print_values": True,
        "explicit_size": False,
        "disable_xml_declaration": False,
        "no_prefix": False,
        "margin": 12,
    }


def _transfers(found: dict[str, Any], names: dict[str, str]) -> Any:
    chart = pygal.HorizontalBar(
        **_options(520), show_legend=False, title="Transfers a second (median), durable", show_y_guides=False
    )
    chart.x_labels = [names[name] for name in reversed(RATES)]
    colours = {"pgbench": "#d9822b", "plain": "#b0577f", "raw": "#8a6fd1", "engine": "#2f9e6e", "gateway": "#3b82c4"}
    bars = [
        {
            "value": median([run["transfers_per_second"] for run in found["runs"][name]]),
            "color": colours[name.split("-")[0]],
        }
        for name in reversed(RATES)
    ]
    chart.add("transfers a second", bars, formatter=lambda value: f"{value:,.0f}")
    return chart


def _cpu(found: dict[str, Any], names: dict[str, str]) -> Any:
    chart = pygal.HorizontalStackedBar(
        **_options(460), title="CPU µs per transfer, by process", legend_at_bottom=True, legend_at_bottom_columns=5
    )
    chart.x_labels = [names[name] for name in reversed(CPU_LOADS)]
    cost = {load: _medians(found["runs"][load]) for load in CPU_LOADS}
    total = max(sum(one.values()) for one in cost.values())
    processes = sorted(
        {process for one in cost.values() for process in one}, key=lambda p: -cost["gateway-64"].get(p, 0)
    )
    shown = [p for p in processes if max(one.get(p, 0) for one in cost.values()) >= total * LEAST_SHARE]
    for process in shown:
        chart.add(process, [cost[load].get(process, 0) for load in reversed(CPU_LOADS)], formatter=_whole)
    rest = [sum(value for name, value in cost[load].items() if name not in shown) for load in reversed(CPU_LOADS)]
    chart.add("others", rest, formatter=_whole)
    return chart


def _whole(value: float) -> str:
    return f"{value:.0f}" if value >= 5 else ""


def _medians(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {name: median([run["cpu_us"].get(name, 0.0) for run in runs]) for name in runs[0]["cpu_us"]}

"""The charts of `docs/benchmarks`, drawn from the figures; they read well on a dark and on a light page."""

import re
import sys
from pathlib import Path
from typing import Any

import pygal
from pygal.style import Style

from tests.benchmark.arithmetic import median

# pygal hangs an importer of the old kind into every later import, for plugins that we do not have.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

INK = "#7b828c"  # four to one against white and against a dark page
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=INK,
    guide_stroke_color=INK,
    major_guide_stroke_color=INK,
    opacity=".9",
    opacity_hover="1",
    colors=("#3b82c4", "#d9822b", "#2f9e6e", "#b0577f", "#8a6fd1", "#a3882c", "#4aa5b5", "#c0504d"),
    font_family="system-ui, sans-serif",
    label_font_size=14,
    major_label_font_size=14,
    value_font_size=13,
    legend_font_size=14,
    title_font_size=18,
    value_colors=("#ffffff",) * 9,
)
DARK = "inline:@media (prefers-color-scheme: dark) { .axis text, .legends text, .title { fill: #c9d1d9 !important } }"
RATES = (
    "pgbench", "plain", "raw", "engine", "gateway-64", "gateway-256", "gateway-batch-500", "pgbench-hot", "plain-hot",
    "raw-hot", "engine-hot", "gateway-hot-64",
)  # fmt: skip
CPU_LOADS = ("gateway-64", "gateway-256", "gateway-hot-64", "gateway-batch-500", "open-loop")
COLOURS = {"pgbench": "#d9822b", "plain": "#b0577f", "raw": "#8a6fd1", "engine": "#2f9e6e", "gateway": "#3b82c4"}
LEAST_SHARE = 0.02


def draw_charts(found: dict[str, Any], folder: Path, *, names: dict[str, str]) -> list[Path]:
    """Draw transfers a second and CPU per transfer, and give the files."""
    charts = {"transfers.svg": _transfers(found, names), "cpu.svg": _cpu(found, names)}
    paths = []
    for name, chart in charts.items():
        path = folder / name
        chart.uuid = path.stem  # a random one would make each drawing another file
        # Its script is for pygal's own pages: without it an image stays an image.
        path.write_text(re.sub(r"<script.*?</script>", "", chart.render().decode(), flags=re.DOTALL))
        paths.append(path)
    return paths


def _options(height: int) -> dict[str, Any]:
    """Give what all charts have; no script, since pygal would load one from elsewhere."""
    return {
        "style": STYLE,
        "js": (),
        "css": ("file://style.css", "file://graph.css", DARK),
        "width": 960,
        "height": height,
        "margin": 12,
        "show_x_guides": False,
        "show_y_guides": False,
        "max_scale": 8,
        "truncate_label": -1,
        "truncate_legend": -1,
        "value_formatter": lambda value: f"{value:,.0f}",
    }


def _transfers(found: dict[str, Any], names: dict[str, str]) -> Any:
    chart = pygal.HorizontalBar(**_options(520), show_legend=False, title="Transfers a second (median), durable")
    medians = {name: median([run["transfers_per_second"] for run in found["runs"][name]]) for name in reversed(RATES)}
    chart.x_labels = [f"{names[name]}:  {value:,.0f}" for name, value in medians.items()]
    chart.add("", [{"value": value, "color": COLOURS[name.split("-")[0]]} for name, value in medians.items()])
    return chart


def _cpu(found: dict[str, Any], names: dict[str, str]) -> Any:
    chart = pygal.HorizontalStackedBar(
        **_options(500),
        title="CPU µs per transfer, by process",
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
        margin_bottom=48,  # pygal forgets the second and third line of such a legend
        print_values=True,
    )
    chart.x_labels = [names[name] for name in reversed(CPU_LOADS)]
    cost = {load: _medians(found["runs"][load]) for load in CPU_LOADS}
    total = max(sum(one.values()) for one in cost.values())
    processes = sorted(
        {process for one in cost.values() for process in one}, key=lambda p: -cost["gateway-64"].get(p, 0)
    )

    def written(value: float) -> str:
        return f"{value:.0f}" if value >= total * 2 * LEAST_SHARE else ""  # no room for it in a short piece

    shown = [p for p in processes if max(one.get(p, 0) for one in cost.values()) >= total * LEAST_SHARE]
    for process in shown:
        chart.add(process, [cost[load].get(process, 0) for load in reversed(CPU_LOADS)], formatter=written)
    rest = [sum(value for name, value in cost[load].items() if name not in shown) for load in reversed(CPU_LOADS)]
    chart.add("others", rest, formatter=written)
    return chart


def _medians(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {name: median([run["cpu_us"].get(name, 0.0) for run in runs]) for name in runs[0]["cpu_us"]}

"""Draws what the panels showed, by our own renderer: one picture per dashboard, and it says so."""

import re
import sys
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pygal
from pygal.style import Style

# pygal hangs an importer of the old kind into every later import, for plugins that we do not have.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

NOTE = "Drawn by Strongroom's own renderer (tests/monitoring/charts.py) from Prometheus' data. No Grafana was involved."
WIDTH, HEIGHT, COLUMNS, TOP = 480, 300, 3, 70
MOST = 8
"""Series in one picture; more could not be told apart."""
STYLE = Style(
    background="transparent", plot_background="#ffffff", foreground="#4a5058", foreground_strong="#24292f",
    foreground_subtle="#8a9099", font_family="system-ui, sans-serif",
    colors=("#3b82c4", "#d9822b", "#2f9e6e", "#b0577f", "#8a6fd1", "#a3882c", "#4aa5b5", "#c0504d"),
    label_font_size=10, major_label_font_size=10, legend_font_size=10,
    title_font_size=14, value_font_size=9,
)  # fmt: skip
Found = list[tuple[dict[str, Any], list[dict[str, Any]]]]


def draw_boards(titles: dict[str, str], data: dict[str, list[tuple[dict[str, Any], Found]]], folder: Path) -> None:
    """Write one SVG per dashboard, and the page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.svg"):
        path.unlink()
    page = [
        "# What the dashboards show",
        "",
        NOTE,
        "",
        "Made by `make dashboards-charts` on a bank under a light load.",
    ]
    for uid, panels in data.items():
        drawn = [_panel(f"{uid}-{number}", panel, found) for number, (panel, found) in enumerate(panels)]
        (folder / f"{uid}.svg").write_text(_sheet(titles[uid], drawn))
        page += ["", f"## {titles[uid]}", "", f"![{titles[uid]}, drawn by our own renderer]({uid}.svg)"]
    (folder / "README.md").write_text("\n".join(page) + "\n")


def _sheet(title: str, drawn: list[str]) -> str:
    rows = -(-len(drawn) // COLUMNS)
    width, height = WIDTH * COLUMNS, HEIGHT * rows + TOP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="32" font-size="22" fill="#24292f">{escape(title)}</text>',
        f'<text x="16" y="56" font-size="13" fill="#4a5058">{escape(NOTE)}</text>',
    ]
    for number, svg in enumerate(drawn):
        x, y = number % COLUMNS * WIDTH, number // COLUMNS * HEIGHT + TOP
        parts.append(f'<svg x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}"{svg}')
    return "\n".join([*parts, "</svg>", ""])


def _panel(name: str, panel: dict[str, Any], found: Found) -> str:
    """Draw a panel; gives its SVG from the attributes of the outer element on."""
    series = [(_legend(target, one["metric"]), one["values"]) for target, all_of in found for one in all_of]
    series = sorted(series, key=lambda one: -float(one[1][-1][1]) if one[1][-1][1] != "NaN" else 0.0)[:MOST]
    chart = _chart(panel)
    for legend, values in series:
        numbers = [None if value == "NaN" else float(value) for _, value in values]
        chart.add(legend[:40], numbers if panel["type"] == "timeseries" else numbers[-1])
    if panel["type"] == "timeseries" and series:
        moments = [datetime.fromtimestamp(float(at), UTC).strftime("%H:%M:%S") for at, _ in series[0][1]]
        chart.x_labels, chart.x_labels_major_every = moments, max(1, len(moments) // 4)
    chart.uuid = name  # a random one would make each drawing another file
    svg = re.sub(r"<script.*?</script>|<\?xml.*?\?>|<!--.*?-->", "", chart.render().decode(), flags=re.DOTALL)
    return svg.partition("<svg")[2]


def _chart(panel: dict[str, Any]) -> Any:
    options = {
        "style": STYLE, "js": (), "width": WIDTH, "height": HEIGHT, "title": panel["title"], "show_dots": False,
        "show_minor_x_labels": False, "legend_at_bottom": True, "legend_at_bottom_columns": 2, "legend_box_size": 8,
        "truncate_legend": 34, "max_scale": 5, "margin": 6, "range": None, "include_x_axis": True,
        "value_formatter": lambda value: "" if value is None else f"{value:,.4g}", "no_prefix": False,
    }  # fmt: skip
    kinds = {"timeseries": pygal.Line, "piechart": pygal.Pie, "stat": pygal.HorizontalBar}
    return kinds[panel["type"]](**options)


def _legend(target: dict[str, Any], labels: dict[str, str]) -> str:
    pattern = str(target["legendFormat"])
    if pattern == "__auto":
        return " ".join(value for key, value in labels.items() if key in ("service", "process")) or "all"
    return re.sub(r"\{\{(\w+)\}\}", lambda found: labels.get(found[1], ""), pattern)

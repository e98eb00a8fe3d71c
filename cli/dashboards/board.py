"""What a dashboard is made of, and how Grafana writes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Unit = Literal["reqps", "ops", "s", "percentunit", "short", "bytes", "Bps", "none"]
Kind = Literal["timeseries", "stat", "piechart"]
SOURCE = {"type": "prometheus", "uid": "prometheus"}
_COLUMNS, _WIDTH, _HEIGHT = 3, 8, 8


@dataclass(frozen=True, slots=True)
class Query:
    """A PromQL expression, which may hold `$service`, `$route`, `$method` and `$__rate_interval`, and its legend."""

    expr: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture. What it shows in a sentence is for whoever does not know the metric."""

    title: str
    shows: str
    queries: tuple[Query, ...]
    unit: Unit = "short"
    kind: Kind = "timeseries"


@dataclass(frozen=True, slots=True)
class Variable:
    """A choice at the top of a dashboard. `several`: any number of values, all of them unless chosen."""

    name: str
    query: str
    default: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard; `uid` is also the name of its file."""

    uid: str
    title: str
    panels: Sequence[Panel]
    variables: Sequence[Variable] = field(default_factory=tuple)


def panel(
    title: str, shows: str, *queries: str | tuple[str, str], unit: Unit = "short", kind: Kind = "timeseries"
) -> Panel:
    """Make a panel of expressions, each alone or with its legend."""
    made = tuple(Query(one) if isinstance(one, str) else Query(*one) for one in queries)
    return Panel(title, shows, made, unit, kind)


def render(board: Board) -> dict[str, Any]:
    """Give a dashboard as Grafana's JSON."""
    return {
        "uid": board.uid,
        "title": board.title,
        "tags": ["strongroom"],
        "timezone": "utc",
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": "15s",
        "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": [_variable(one) for one in board.variables]},
        "annotations": {"list": [_alerts()]},
        "panels": [_panel(number, one) for number, one in enumerate(board.panels)],
    }


def _variable(variable: Variable) -> dict[str, Any]:
    chosen = {"text": "All", "value": "$__all"} if variable.several else {"text": variable.default}
    return {
        "name": variable.name,
        "label": variable.name,
        "type": "query",
        "datasource": SOURCE,
        "query": {"query": variable.query, "refId": variable.name},
        "refresh": 2,
        "sort": 1,
        "multi": variable.several,
        "includeAll": variable.several,
        **({"allValue": ".*"} if variable.several else {}),
        "current": {"value": variable.default, **chosen},
    }


def _alerts() -> dict[str, Any]:
    """Show where alerts fired."""
    return {
        "name": "Alerts",
        "datasource": SOURCE,
        "enable": True,
        "iconColor": "red",
        "expr": 'ALERTS{alertstate="firing"}',
        "titleFormat": "{{alertname}}",
        "textFormat": "{{service}}",
    }


def _panel(number: int, one: Panel) -> dict[str, Any]:
    place = {"x": number % _COLUMNS * _WIDTH, "y": number // _COLUMNS * _HEIGHT, "w": _WIDTH, "h": _HEIGHT}
    now = one.kind != "timeseries"
    return {
        "id": number + 1,
        "title": one.title,
        "description": one.shows,
        "type": one.kind,
        "datasource": SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": one.unit, "min": 0, **_drawn(one)}, "overrides": []},
        "options": _options(one.kind),
        "targets": [
            {
                "refId": chr(ord("A") + index),
                "datasource": SOURCE,
                "expr": query.expr,
                "legendFormat": query.legend or "__auto",
                "instant": now,
                "range": not now,
            }
            for index, query in enumerate(one.queries)
        ],
    }


def _drawn(one: Panel) -> dict[str, Any]:
    return {"custom": {"fillOpacity": 10, "showPoints": "never"}} if one.kind == "timeseries" else {}


def _options(kind: Kind) -> dict[str, Any]:
    if kind == "timeseries":
        return {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}}
    reduce = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}}
    if kind == "piechart":
        shares = {"displayMode": "table", "placement": "right", "values": ["percent"]}
        return {**reduce, "pieType": "pie", "legend": shares}
    return {**reduce, "colorMode": "value", "graphMode": "area"}

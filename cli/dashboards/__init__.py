"""Grafana's dashboards, written from here: `python -m cli.dashboards` draws them into monitoring/grafana/dashboards."""

"""Prometheus, Grafana's dashboards and alerts: what they say of the bank is compared with the bank."""

"""What promtool and amtool say of the configurations beyond their plain checks; `make alerts` runs it.

Who hears of which alert; and a cluster's scrape configuration, without the part that Debian's Prometheus cannot read.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tests.architecture.source_tree import ROOT

ROUTES = {
    ("alertname=InvariantViolated", "severity=critical"): "ledger",
    ("alertname=ProcessDown", "severity=critical", "service=support"): "on-call",
    ("alertname=JobsLate", "severity=warning", "service=accounts"): "desk",
}


def check_cluster() -> int:
    """Check the cluster's configuration but its discovery, which Debian builds without; gives how much is wrong."""
    config = yaml.safe_load((ROOT / "monitoring/prometheus/kubernetes.yml").read_text())
    jobs = [job for job in config["scrape_configs"] if job.pop("kubernetes_sd_configs", None)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kubernetes.yml"
        path.write_text(json.dumps(config))
        command = ["promtool", "check", "config", "--syntax-only", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    sys.stdout.write(
        f"kubernetes.yml without the discovery of {len(jobs)} job: {'valid' if done.returncode == 0 else done.stdout}\n"
    )
    return int(done.returncode != 0 or len(jobs) != 1)


def main() -> int:
    """Compare; gives the exit status."""
    wrong = check_cluster()
    for labels, receiver in ROUTES.items():
        command = ["amtool", "config", "routes", "test", "--config.file=monitoring/alertmanager/alertmanager.yml"]
        done = subprocess.run([*command, *labels], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.stdout.strip() != receiver:
            sys.stdout.write(f"WRONG {' '.join(labels)} goes to {done.stdout.strip() or done.stderr}, not {receiver}\n")
            wrong += 1
    sys.stdout.write(f"{len(ROUTES)} routes checked\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())

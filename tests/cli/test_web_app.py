"""`cli/web_app.py`: built once, again when a source changed, and never at the price of what was there."""

from pathlib import Path

import pytest

from cli import web_app


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a web app of two files; npm is a stand-in that writes down what it was asked for."""
    (tmp_path / "src").mkdir()
    for name in ("index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src/main.tsx"):
        (tmp_path / name).write_text(name)
    (tmp_path / "public").mkdir()
    (tmp_path / "node_modules").mkdir()
    for name, path in (("HERE", ""), ("DIST", "dist"), ("PACKAGES", "node_modules"), ("BUILT", "dist/.built")):
        monkeypatch.setattr(web_app, name, tmp_path / path)
    monkeypatch.setattr(web_app, "INSTALLED", tmp_path / "node_modules/.installed")
    return tmp_path


class Npm:
    """Stands for npm: makes what the build would make, or fails."""

    def __init__(self, tree: Path) -> None:
        """Nothing asked yet."""
        self.tree, self.asked, self.fails = tree, list[str](), False

    def __call__(self, *arguments: str, patience_seconds: int, quiet: bool = True) -> None:
        """Do what `web_app.npm` does."""
        self.asked.append(" ".join(arguments[:2]))
        if self.fails:
            raise web_app.NotBuilt("npm ci failed (no network)")
        if arguments[0] == "run":
            made = self.tree / arguments[arguments.index("--outDir") + 1]
            made.mkdir(exist_ok=True)
            (made / "index.html").write_text("built")


@pytest.fixture
def npm(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    """Give the stand-in."""
    stand_in = Npm(tree)
    monkeypatch.setattr(web_app, "npm", stand_in)
    return stand_in


class TestTheBuild:
    def test_happens_once_and_again_after_a_source_changed(self, tree: Path, npm: Npm) -> None:
        assert not web_app.is_fresh()
        assert web_app.main(["build"]) == 0
        assert web_app.is_fresh()
        assert web_app.main(["build"]) == 0
        assert npm.asked == ["ci --no-audit", "run build"]
        (tree / "src/main.tsx").write_text("changed")
        assert not web_app.is_fresh()
        web_app.main(["build"])
        assert npm.asked == ["ci --no-audit", "run build", "run build"]

    def test_that_fails_leaves_the_one_before(self, tree: Path, npm: Npm, capsys: pytest.CaptureFixture[str]) -> None:
        web_app.build()
        (tree / "package-lock.json").write_text("changed")
        npm.fails = True
        assert web_app.main(["build"]) == 1
        assert capsys.readouterr().err == "web app: npm ci failed (no network)\n"
        assert (tree / "dist/index.html").read_text() == "built"
        assert not web_app.is_fresh()

    def test_tells_how_far_it_is(self, npm: Npm) -> None:
        told: list[tuple[str, int, int]] = []
        web_app.build(lambda name, done, total: told.append((name, done, total)))
        assert [done for _, done, _ in told] == [0, 1, 2]


class TestThePackages:
    def test_of_the_checks_are_enough_for_the_build(self, npm: Npm) -> None:
        web_app.install(dev=True)
        web_app.install(dev=False)
        assert npm.asked == ["ci --no-audit"]

    def test_of_the_build_are_not_enough_for_the_checks(self, npm: Npm) -> None:
        web_app.install(dev=False)
        web_app.install(dev=True)
        assert len(npm.asked) == 2


class TestNpm:
    def test_says_in_one_line_what_it_failed_with(self, tree: Path) -> None:
        with pytest.raises(web_app.NotBuilt, match="npm nonsense failed"):
            web_app.npm("nonsense", patience_seconds=60)

    def test_is_ended_when_its_time_is_over(self, tree: Path) -> None:
        with pytest.raises(web_app.NotBuilt, match="longer than 1 s"):
            web_app.npm("exec", "--offline", "-c", "sleep 30", patience_seconds=1)

"""What every test has: no network, its own data folder, English, and time budgets."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.i18n import set_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GUARD = Path(__file__).parent / "guard"

sys.path.insert(0, str(GUARD))
import network_guard  # noqa: E402

_PREFIX = "FAIR_IMAGIC_"
_CACHE = f"{_PREFIX}CACHE_FOLDER"
_CASES = "cases at a door"
_cases_at_doors: list[int] = []
_BUDGET = "time budget"
_spent: dict[str, float] = {}
_budgets: dict[str, float] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="also run the whole fault matrices"
    )


def pytest_configure(config: pytest.Config) -> None:
    _clean_environment()
    # A shell starts what is in the background deaf to Ctrl-C, and so its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # What a run keeps to start faster is its own: no test rests on an old cache.
    os.environ[_CACHE] = tempfile.mkdtemp(prefix="fair-imagic-cache-")
    handle, log = tempfile.mkstemp(prefix="fair-imagic-network-", suffix=".log")
    os.close(handle)
    os.environ[network_guard.LOG_VARIABLE] = log
    paths = [str(GUARD), str(ROOT / "src"), str(ROOT / "webapp")]
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([*paths, *([before] if before else [])])
    network_guard.install()


def pytest_unconfigure(config: pytest.Config) -> None:
    cache = os.environ.pop(_CACHE, None)
    if cache:
        shutil.rmtree(cache, ignore_errors=True)
    log = os.environ.pop(network_guard.LOG_VARIABLE, None)
    if log:
        Path(log).unlink(missing_ok=True)


def _clean_environment() -> None:
    """Forget the settings of whoever runs the tests: they must not change a result."""
    for name in [name for name in os.environ if name.startswith(_PREFIX)]:
        del os.environ[name]
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"
    os.environ[_PREFIX + "LANGUAGE"] = "en"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a data folder of its own, so that none sees another's."""
    monkeypatch.setenv(_PREFIX + "HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Speak English after a command in this process that spoke French."""
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def _network_stays_local(request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    """Fail the test that tried to leave the machine, even if the code caught it."""
    log = Path(os.environ[network_guard.LOG_VARIABLE])
    before = log.stat().st_size
    yield
    with log.open("rb") as stream:
        stream.seek(before)
        attempts = stream.read().decode("utf-8").split("\n")
    attempts = [attempt for attempt in attempts if attempt]
    if attempts and not request.node.get_closest_marker("leaves_the_machine"):
        pytest.fail("the test left the machine:\n" + "\n".join(attempts), pytrace=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples and references beside the checkout, or a skip."""
    if not SHARED.is_dir():
        pytest.skip("no folder of shared samples beside the checkout (../shared)")
    return SHARED


# ------------------------------------------------------------------ time budgets
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    report = yield
    marker = item.get_closest_marker("budget")
    if marker is not None:
        seconds, part = _budget_of(*marker.args, **marker.kwargs)
        report.user_properties.append((_BUDGET, [seconds, part]))
    return report


def _budget_of(seconds: float, part: str) -> tuple[float, str]:
    return float(seconds), part


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what each slow part took; the reports of all processes come here."""
    properties = dict(report.user_properties)
    if _CASES in properties and report.when == "call":
        _cases_at_doors.append(int(properties[_CASES]))
    if _BUDGET in properties:
        seconds, part = properties[_BUDGET]
        _spent[part] = _spent.get(part, 0.0) + report.duration
        _budgets[part] = max(seconds, _budgets.get(part, 0.0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each slow part against its budget, before pytest's own summary."""
    if _cases_at_doors:
        doors, texts = len(_cases_at_doors), sum(_cases_at_doors)
        terminalreporter.write_line(f"doors: {doors}, texts typed at them: {texts}")
    if not _spent:
        return
    terminalreporter.write_sep("-", "time budgets")
    width = max(len(part) for part in _spent)
    for part, spent in sorted(_spent.items(), key=lambda row: -row[1]):
        budget = _budgets[part]
        mark = "" if spent <= budget else "   OVER"
        terminalreporter.write_line(
            f"{part:<{width}}  {spent:8.1f} s of {budget:6.0f} s{mark}"
        )


@pytest.fixture
def older_home(tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that makes a small data folder, as an older version wrote it.

    Four images on two microscopes in a set that is published, a plan, corrections.
    """

    def made(version: str = "0.1.0-before-migrations") -> Path:
        home = tmp_path / "home"
        home.mkdir(mode=0o700)
        dump = ROOT / "tests" / "catalogue" / "folders" / version / "journal.sql"
        connection = sqlite3.connect(home / "journal.sqlite")
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.close()
        (home / "journal.sqlite").chmod(0o600)
        return home

    return made

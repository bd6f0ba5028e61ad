"""What every registered kind of document keeps to, and one that a plug-in brings."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from fair_imagic.checks import profiles
from fair_imagic.cli import main as front_door
from fair_imagic.documents import Content, Kind, kind_of, kinds
from fair_imagic.documents.registry import GROUP
from fair_imagic.errors import ConfigurationError, FairImagicError
from fair_imagic.i18n import LANGUAGES, use_language
from fair_imagic.workflow.checking.check_files import check_path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))
from document_examples import documents_of_each_kind
from document_gaps import PROOFS, Bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLUGIN = "bench-note"
NOTE = b"BENCH NOTE\nTitle: Nuclei of treated cells\nDay: 2026-11-22\n"
TOKENS = sorted(point.name for point in entry_points(group=GROUP))
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")


@pytest.fixture
def with_plugin(
    monkeypatch: pytest.MonkeyPatch, installed: Callable[[str], Path]
) -> Iterator[Callable[[], None]]:
    """A function that brings the plug-in's kind of document, for one test."""

    def bring() -> None:
        monkeypatch.syspath_prepend(str(installed("bench_note")))

    yield bring
    for name in ("bench_note", "bench_note.rules"):
        sys.modules.pop(name, None)


@pytest.fixture(params=[*TOKENS, PLUGIN])
def kind(request: pytest.FixtureRequest, with_plugin: Callable[[], None]) -> Kind:
    if request.param == PLUGIN:
        with_plugin()
    return next(one for one in kinds() if one.token == request.param)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAIR_IMAGIC_NOW", "2026-11-22T12:00:00Z")
        made = documents_of_each_kind(tmp_path_factory.mktemp("study"))
    return made | {PLUGIN: NOTE}


@pytest.fixture
def bench(tmp_path: Path, examples: dict[str, Any]) -> Bench:
    folder = tmp_path / "documents"
    folder.mkdir()
    return Bench(folder, examples)


def test_the_built_in_kinds_are_registered_as_plug_ins_are() -> None:
    assert {one.token for one in kinds()} == set(TOKENS)


def test_it_says_what_it_is_and_whose_requirements_fit(kind: Kind) -> None:
    for language in LANGUAGES:
        with use_language(language):
            assert kind.title().strip()
    assert set(kind.profiles) <= profiles.available().keys()
    if kind.rules:
        module, _colon, name = kind.rules.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
        assert kind.profiles  # its own points count only among requirements


def test_it_alone_takes_a_good_document(kind: Kind, bench: Bench) -> None:
    path = bench.write("x", bench.examples[kind.token])
    content = Content(str(path), path=path, limit_mb=100)
    chosen = kind_of(content)
    assert chosen is not None
    assert chosen.token == kind.token
    others = [one.token for one in kinds() if one.recognise(content)]
    # JSON-LD is RDF too: only who is asked last may take what another has taken
    assert [one for one in others if one != "rdf"] == [kind.token][
        : kind.token != "rdf"
    ]


def test_a_good_document_is_read_the_same_each_time_and_not_touched(
    kind: Kind, bench: Bench
) -> None:
    path = bench.write("x", bench.examples[kind.token])
    before = path.read_bytes()
    first, second = (
        kind.read(Content(str(path), path=path, limit_mb=100)) for _again in range(2)
    )
    assert first.triples
    assert list(first.triples) == list(second.triples)
    assert first.places == second.places
    report = check_path(path).report
    assert kind.token == "rdf" or report.conforms
    assert path.read_bytes() == before
    assert [one.name for one in bench.folder.iterdir()] == ["x"]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_document_that_breaks_off_gives_points_or_a_clear_error(
    kind: Kind, bench: Bench, share: float
) -> None:
    path = bench.write("x", bench.examples[kind.token])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    try:
        check_path(path)
    except FairImagicError as error:
        assert str(path) in f"{error.where}{error}"


def test_its_gaps_have_names_of_their_own_and_a_proof(kind: Kind) -> None:
    codes = [gap.code for gap in kind.gaps]
    assert codes
    assert len(codes) == len(set(codes))
    assert {code for token, code in PROOFS if token == kind.token} == set(codes)


@pytest.mark.parametrize(("token", "code"), sorted(PROOFS))
def test_a_known_gap_is_real(
    with_plugin: Callable[[], None], bench: Bench, token: str, code: str
) -> None:
    if token == PLUGIN:
        with_plugin()
    PROOFS[token, code](bench)


def test_the_docs_name_every_gap_in_both_languages() -> None:
    page = (DOCS / "check-without-catalogue.md").read_text(encoding="utf-8")
    for one in kinds():
        for gap in one.gaps:
            assert f"`{one.token}/{gap.code}`" in page
            shown = (" ".join(gap.text[name].split()) for name in LANGUAGES)
            assert all(text in page for text in shown)


def test_the_rules_of_a_plug_in_are_asked_and_its_gap_is_told(
    with_plugin: Callable[[], None], bench: Bench
) -> None:
    with_plugin()
    path = bench.write("note.txt", "BENCH NOTE\nDrawing: a nucleus\n")
    answer = CliRunner().invoke(
        front_door._group(), ["check", str(path), "--all-points"]
    )
    assert answer.exit_code == 1
    assert "The note has no day" in answer.stdout
    assert f"{path}:1" in answer.stdout
    assert "Drawings in a note are not looked at" in answer.stderr


def _registered(folder: Path, name: str) -> None:
    """Put a distribution on the disk that registers what is no kind of document."""
    info = folder / "wrong-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wrong\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = wrong_kind:KIND\n")
    (folder / "wrong_kind.py").write_text("KIND = 'no kind'\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [("wrong", "not registered as it should be"), ("madmp", "Two packages")],
)
def test_an_entry_that_is_no_kind_or_comes_twice_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, message: str
) -> None:
    _registered(tmp_path, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ConfigurationError, match=message):
        kinds()
    sys.modules.pop("wrong_kind", None)

"""No list is cut in silence: what the program asks for itself is always whole."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.model import Fileset, Image, RecordGraph, Sample, slot_named
from fair_imagic.rdf import expand, iri, literal, text_of
from fair_imagic.views import (
    card,
    chooser,
    image,
    instrument,
    next_command,
    plan,
)
from fair_imagic.workflow.base import contradictions
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.checking import subjects
from fair_imagic.workflow.correcting import shared_samples
from fair_imagic.workflow.images import identity, image_names, listed, members
from fair_imagic.workflow.microscopes import images
from fair_imagic.workflow.overview import query
from fair_imagic.workflow.people import erasure, sight
from fair_imagic.workflow.processing import outputs
from fair_imagic.workflow.sets import publication_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.entry.contradiction import Contradiction
    from fair_imagic.workflow.base.workspace import Workspace

    Read = Callable[[Workspace], object]

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "src" / "fair_imagic", ROOT / "webapp" / "fair_imagic_web")
ALL = "SELECT ?i { ?i a fi:Image }"


def collection_of(workspace: Workspace) -> str:
    return workspace.mint("collection", "nuclei-widefield")


def run_of(workspace: Workspace) -> str:
    return workspace.mint("run", "made-by-hand")


def shared_images(workspace: Workspace) -> object:
    """Return what is told of all images of samples that are changed."""
    edits = Edits(workspace.catalogue, person_source(workspace, "Ada"))
    for sample in workspace.catalogue.records(Sample.class_iri):
        edits.put(sample, [(expand("dcterms:title"), literal("Another name"))])
    shared_samples.tell_shared(workspace, edits, [])
    return edits.notes


def images_of_a_contradiction(workspace: Workspace) -> object:
    """Return the images of a file that have one of two sizes."""
    slot = slot_named("Image", "size_x")
    catalogue = workspace.catalogue
    image = catalogue.records_under(workspace.mint("image", "3"))[0]
    graph = RecordGraph(catalogue.effective(image))
    side = SimpleNamespace(value=text_of(graph.values(image, slot.iri)[0]))
    told = cast("Contradiction", SimpleNamespace(sides=(side,)))
    fileset = text_of(graph.values(image, expand("fi:fileset"))[0])
    found = contradictions._of_images(workspace, fileset, told, slot)
    return found and found.subjects


def roots_of_images(workspace: Workspace) -> object:
    """Return the sets and collections of all images, as an account's sight asks."""
    account = sight.AccountSight(workspace, "nobody")
    return account._roots("image", workspace.catalogue.records(Image.class_iri), ())


def erasure_plan(workspace: Workspace) -> erasure.ErasurePlan:
    return erasure.plan(workspace, "Camille Practice")


def every_selection(workspace: Workspace) -> object:
    return [
        members.images_of(workspace, collection_of(workspace)),
        *(
            members.images_matching(workspace, one)
            for one in ("all", "title=*", "collection=nuclei-widefield", ALL)
        ),
    ]


def every_subject(workspace: Workspace) -> object:
    found = subjects.subjects_in(workspace, subjects.KINDS)
    return [
        (one, subjects.snapshot_of_subject(workspace, one).hash)
        for one in (*found.subjects, *found.covered)
    ]


# Who asks for rows, by module and function, and what shows that none is missing.
READS: dict[tuple[str, str], Read] = {
    ("catalogue/catalogue.py", "_parts_of"): lambda w: (
        w.catalogue.snapshot(collection_of(w)).hash
    ),
    ("workflow/images/members.py", "_selected"): every_selection,
    ("workflow/images/image_names.py", "_rows"): lambda w: (
        image_names.matcher_for(w).addresses
    ),
    ("workflow/images/listed.py", "_read"): lambda w: [
        members.images_matching(w, one) for one in ("tag:Staining=*", "text=field")
    ],
    ("workflow/people/erasure.py", "_named_by"): lambda w: erasure_plan(w).named_by,
    ("workflow/people/erasure.py", "_mentions"): lambda w: erasure_plan(w).mentions,
    ("workflow/correcting/shared_samples.py", "shared_notes"): shared_images,
    ("workflow/base/contradictions.py", "_of_images"): images_of_a_contradiction,
    ("workflow/people/sight.py", "_roots"): roots_of_images,
    ("views/next_command.py", "after_microscope"): lambda w: (
        next_command.after_microscope(w, "widefield-1")
    ),
    ("workflow/checking/subjects.py", "_sets"): every_subject,
    ("workflow/checking/subjects.py", "_counts"): every_subject,
    ("workflow/checking/subjects.py", "_images_in_no_set"): every_subject,
    ("workflow/images/identity.py", "images_of_filesets"): (
        lambda w: identity.images_of_filesets(w, w.catalogue.records(Fileset.class_iri))
    ),
    ("workflow/microscopes/images.py", "images_taken_with"): lambda w: (
        images.images_taken_with(w, w.mint("instrument", "widefield-1"))
    ),
    ("workflow/processing/outputs.py", "_selected"): lambda w: outputs.outputs_of(
        w, run_of(w)
    ),
    ("workflow/base/listing.py", "rows"): lambda w: card.cards_of(
        w, listed.listed_in(w)
    ),
    ("views/card.py", "cards_of"): lambda w: card.cards_of(w, listed.listed_in(w)),
    ("views/chooser.py", "set_choices"): chooser.set_choices,
    ("views/image.py", "_pointing"): lambda w: image.image_page(
        w, w.catalogue.records_under(w.mint("image", "3"))[0].rpartition("/")[2]
    ),
    ("views/instrument.py", "_count"): instrument.instruments_page,
    ("views/plan.py", "_outputs"): lambda w: plan.plan_page(w, "demo"),
    ("views/plan.py", "_output"): lambda w: plan.plan_page(w, "demo"),
}


@pytest.fixture
def home(older_home) -> Path:
    """The small study, with images in no set and tables that a run made."""
    folder = older_home()
    with open_workspace(folder) as workspace:
        source = Source(workspace.mint("source", "run"), SourceKind.RULE, "run")
        made = [workspace.mint("image", f"made-{number}") for number in range(3)]
        changes = [
            Change(one, source, frozenset(_statements(one, run_of(workspace))))
            for one in made
        ]
        results = [workspace.mint("result", f"table-{number}") for number in range(3)]
        made_by = run_of(workspace)
        changes += [
            Change(one, source, frozenset(_result(one, made_by))) for one in results
        ]
        said = {(iri(made_by), iri("rdf:type"), iri("fi:ProcessingRun"))}
        changes.append(Change(made_by, source, frozenset(said)))
        workspace.catalogue.append(ChangeSet("Ada", "run", changes))
        publication_set.remove(workspace, "demo", images="title=zstack*", author="Ada")
    return folder


def _result(made: str, made_by: str) -> Iterator[tuple[str, str, str]]:
    yield (iri(made), iri("rdf:type"), iri("fi:Result"))
    yield (iri(made), iri("prov:wasGeneratedBy"), iri(made_by))


def _statements(made: str, made_by: str) -> Iterator[tuple[str, str, str]]:
    source = "https://fair-imagic.example.org/image/374b9ad9d9ad5efc-0"
    yield (iri(made), iri("rdf:type"), iri("fi:Image"))
    yield (iri(made), iri("dcterms:title"), literal(made.rpartition("/")[2]))
    yield (iri(made), iri("prov:wasGeneratedBy"), iri(made_by))
    yield (iri(made), iri("prov:wasDerivedFrom"), iri(source))
    yield (iri(made), iri("dcterms:description"), literal("by Camille Practice"))
    tag = iri(f"{made}#tag-1")
    yield (iri(made), iri("schema:additionalProperty"), tag)
    yield (tag, iri("rdf:type"), iri("fi:NamedTag"))
    yield (tag, iri("schema:name"), literal("Staining"))
    yield (tag, iri("schema:value"), literal("DAPI"))


def test_a_limit_on_answers_takes_nothing_from_what_the_program_reads(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(home) as workspace:
        whole = {place: read(workspace) for place, read in READS.items()}
    monkeypatch.setenv("FAIR_IMAGIC_QUERY_ROWS", "1")
    with open_workspace(home) as workspace:
        with query.ask(workspace, ALL) as answer:
            assert answer.whole().truncated
        for place, read in READS.items():
            assert whole[place], place
            assert read(workspace) == whole[place], place


def test_a_set_made_of_everything_holds_everything(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIR_IMAGIC_QUERY_ROWS", "2")
    with open_workspace(home) as workspace:
        for name, choice in (("one", "all"), ("two", ALL)):
            publication_set.create(
                workspace, name, author="Ada", title=name, images=choice
            )
        sizes = {row.name: row.images for row in publication_set.list_sets(workspace)}
    assert (sizes["one"], sizes["two"]) == (7, 7)


def calls(*names: str) -> Iterator[tuple[str, str, str]]:
    """Yield module, function and name of each call of a function of these names."""
    for package in PACKAGES:
        for path in package.rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef):
                    for name in _called(function):
                        if name in names:
                            place = path.relative_to(package).as_posix()
                            yield place, function.name, name


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield ast.unparse(node.func).removeprefix("workspace.")


def test_every_place_that_asks_for_rows_is_tried_above() -> None:
    ways = ("rows", "every_row", "catalogue.rows", "self.rows")
    asking = {place[:2] for place in calls(*ways)}
    assert asking - {("catalogue/catalogue.py", "rows")} == set(READS)


def test_only_somebodys_own_question_meets_the_limit() -> None:
    ways = ("catalogue.query", "self.query", "catalogue.ask")
    assert set(calls(*ways)) == {("workflow/overview/query.py", "ask", "catalogue.ask")}

"""Views only read: all of them run over a workspace that is open for reading."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import sqlite3
from contextlib import AbstractContextManager, closing
from typing import TYPE_CHECKING

import pytest

from fair_imagic import views
from fair_imagic.model import Image, ProcessingRun, Result
from fair_imagic.publish.states import all_deliveries
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic.workflow.demo import walk
from fair_imagic.workflow.images.listed import listed_in
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.images.search import Search
from fair_imagic.workflow.processing.outputs import outputs_of
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SET, COLLECTION, MICROSCOPE = "demo", "nuclei-widefield", "widefield-1"
MAY_CHANGE = ("cache", "locks", "store", "journal.sqlite")
QUERY = "SELECT ?s WHERE { ?s a fi:Image }"


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample study, published in practice mode."""
    folder = tmp_path_factory.mktemp("views")
    with open_workspace(folder / "home") as workspace:
        walk.run(workspace, folder, say=lambda _text: None)
    return folder / "home"


@pytest.fixture(scope="module", name="reader")
def _reader(home: Path) -> Iterator[Workspace]:
    with open_workspace(home, write=False) as workspace:
        yield workspace


def functions() -> dict[str, Callable[..., object]]:
    """Return every public function of the views that looks into a workspace."""
    found = {}
    for module in pkgutil.iter_modules(views.__path__):
        loaded = importlib.import_module(f"{views.__name__}.{module.name}")
        for name in loaded.__all__:
            one = getattr(loaded, name)
            if (
                inspect.isfunction(one)
                and "workspace" in inspect.signature(one).parameters
            ):
                found[f"{module.name}.{name}"] = one
    return found


def short(workspace: Workspace, kind: type) -> str:
    """Return the short name of one record of a class."""
    record = sorted(workspace.catalogue.records(kind.class_iri))[0]
    return record.rpartition("/")[2]


def arguments(workspace: Workspace, name: str) -> tuple[tuple[object, ...], dict]:
    """Return what a view is called with beside the workspace."""
    record = workspace.record("set", SET)
    image = short(workspace, Image)
    run = short(workspace, ProcessingRun)
    doi = next(
        one.identifier.removeprefix("https://doi.org/")
        for one in all_deliveries(workspace.catalogue.database)
        if one.target == "datacite"
    )
    table: dict[str, tuple[object, ...]] = {
        "card.cards_of": (listed_in(workspace, record),),
        "chooser.chooser": (Search(place=f"set={SET}"),),
        "contradiction.contradictions_on": (images_of(workspace, record)[0], None),
        "collection.collection_page": (COLLECTION,),
        "correction_sheet.sheet_of": (SET,),
        "control.controls_of_page": (MICROSCOPE,),
        "difference.changed_records": (workspace.catalogue.snapshot(record).hash,),
        "history.history": (record,),
        "history.steps_between": (workspace.catalogue.snapshot(record).graph, [], []),
        "identifier.public_page_of": (record,),
        "identifier.record_of_iri": (record,),
        "image.image_page": (image,),
        "instrument.instrument_page": (MICROSCOPE,),
        "instrument_form.form_page": (MICROSCOPE, "self"),
        "landing.landing": (SET,),
        "landing.public_image": (image,),
        "landing.record_of_doi": (doi,),
        "link.image_links": (images_of(workspace, record),),
        "link.link": (record,),
        "link.links": (images_of(workspace, record),),
        "next_command.after_microscope": (MICROSCOPE,),
        "next_command.after_people": ("Camille Practice",),
        "output.output_rows": (outputs_of(workspace, workspace.record("run", run)),),
        "passport.passport_html": (MICROSCOPE,),
        "passport.passport_pdf": (MICROSCOPE,),
        "preview.preview": (SET, "datacite"),
        "publication.publications_in": (sets.list_sets(workspace),),
        "publication.publications_of": (record,),
        "query.run_for_page": (QUERY,),
        "query.streamed": (QUERY, "csv"),
        "report.report_file": (SET, "html"),
        "run.result_file": (short(workspace, Result),),
        "run.run_name_of_result": (short(workspace, Result),),
        "run.run_page": (run,),
        "run.run_sections": (workspace.record("run", run),),
        "set_path.paths_of": (sets.list_sets(workspace),),
        "sharing.sharing_page": ("set", SET),
        "sharing.who_sees": (record,),
        "thumbnail.thumbnail_path": (image,),
    }
    of_set = (
        *("correction", "description", "export", "next_command", "plan", "point"),
        *("publication", "set"),
    )
    signature = inspect.signature(functions()[name])
    given = table.get(name)
    if given is None:
        takes_name = "name" in signature.parameters
        given = (SET,) if takes_name and name.partition(".")[0] in of_set else ()
    keywords = {"scope": "internal"} if "scope" in signature.parameters else {}
    return given, keywords


def state_of(home: Path) -> str:
    """Return a hash of all that the data folder says, but for what may be deleted."""
    digest = hashlib.sha256()
    with (
        closing(
            sqlite3.connect(f"file:{home / 'journal.sqlite'}?mode=ro", uri=True)
        ) as opened,
        opened,
    ):
        for line in opened.iterdump():
            digest.update(line.encode())
    for path in sorted(home.rglob("*")):
        top = path.relative_to(home).parts[0]
        if path.is_file() and not top.startswith(MAY_CHANGE):
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.mark.parametrize("name", sorted(functions()))
def test_a_view_reads_and_writes_nothing(
    home: Path, reader: Workspace, name: str
) -> None:
    before = state_of(home)
    given, keywords = arguments(reader, name)
    made = functions()[name](reader, *given, **keywords)
    if name == "query.streamed":
        assert isinstance(made, AbstractContextManager)
        with made as stream:
            assert "".join(stream.pieces)
    assert state_of(home) == before

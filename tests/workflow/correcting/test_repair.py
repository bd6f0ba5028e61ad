from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.model import (
    Image,
    Objective,
    PublicationSet,
    RecordGraph,
    view,
)
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"


def _root(workspace: Workspace) -> str:
    return workspace.record("set", "s")


def _set(workspace: Workspace) -> PublicationSet:
    root = _root(workspace)
    graph = RecordGraph(workspace.catalogue.effective(root))
    return view(PublicationSet, graph, root)


def _image(workspace: Workspace, pattern: str) -> Image:
    image = images_of(workspace, _root(workspace), pattern=pattern)[0]
    return view(Image, RecordGraph(workspace.catalogue.effective(image)), image)


def test_a_correction_makes_its_point_disappear(imported: Workspace) -> None:
    def codes() -> set[str]:
        return {f.code for f in check.run(imported, "s", names=["set"]).findings}

    assert "set/licence-required" in codes()
    repair.set_values(
        imported, _root(imported), [("license", "CC-BY-4.0")], author=AUTHOR
    )
    assert "set/licence-required" not in codes()


def test_a_person_can_insist_on_a_value_that_another_replaced(
    imported: Workspace,
) -> None:
    for author, title in (("Ana", "A"), ("Ben", "B"), ("Ana", "A")):
        done = repair.set_values(
            imported, _root(imported), [("title", title)], author=author
        )
        assert done.number is not None
        assert _set(imported).title == title
    again = repair.set_values(imported, _root(imported), [("title", "A")], author="Ana")
    assert again.number is None
    imported.catalogue.undo(imported.catalogue.last_number(), author="Ana")
    assert _set(imported).title == "B"


def test_a_person_can_insist_on_fewer_values(imported: Workspace) -> None:
    for author, words in (("Ana", "cells"), ("Ben", "cells; nuclei"), ("Ana", "cells")):
        repair.set_values(
            imported, _root(imported), [("keywords", words)], author=author
        )
    assert list(_set(imported).keywords) == ["cells"]


def test_a_number_may_come_in_another_unit(imported: Workspace) -> None:
    repair.set_values(
        imported,
        _root(imported),
        [("image.physical_size_x", "323 nm")],
        author=AUTHOR,
    )
    assert _image(imported, "field_03*").physical_size_x == "0.323"


def test_only_what_is_missing_is_set_when_asked(imported: Workspace) -> None:
    done = repair.set_values(
        imported,
        _root(imported),
        [("image.physical_size_x", "9 um")],
        author=AUTHOR,
        replace=False,
    )
    assert (done.records, done.skipped) == (1, 2)
    assert _image(imported, "field_01*").physical_size_x == "0.323"
    assert _image(imported, "field_03*").physical_size_x == "9"


def test_a_correction_says_who_made_it(imported: Workspace) -> None:
    root = _root(imported)
    repair.set_values(imported, root, [("title", "Better")], author=AUTHOR)
    title = (iri(root), iri("dcterms:title"), literal("Better"))
    origin = imported.catalogue.origins(root)[title]
    assert (origin.source.kind, origin.author) == ("person", AUTHOR)
    assert origin.time


def test_undo_brings_the_value_of_before_back(imported: Workspace) -> None:
    root = _root(imported)
    repair.set_values(imported, root, [("title", "First")], author=AUTHOR)
    repair.set_values(imported, root, [("title", "Second")], author=AUTHOR)
    repair.undo_last(imported, root, author=AUTHOR)
    assert _set(imported).title == "First"
    repair.undo_last(imported, root, author=AUTHOR)
    assert _set(imported).title == "Some nuclei"


def test_undo_never_takes_the_set_itself_away(imported: Workspace) -> None:
    with pytest.raises(NotFoundError):
        repair.undo_last(imported, _root(imported), author=AUTHOR)
    assert imported.catalogue.exists(_root(imported))


def test_a_part_that_is_missing_is_made_on_the_way(imported: Workspace) -> None:
    root = _root(imported)
    repair.set_values(
        imported,
        root,
        [("image.objective.lens_na", "1.4")],
        author=AUTHOR,
        images="zstack*",
    )
    seen = _image(imported, "zstack*")
    graph = RecordGraph(imported.catalogue.effective(seen.iri))
    assert view(Objective, graph, seen.objective or "").lens_na == "1.4"


def test_each_channel_has_its_own_settings(imported: Workspace) -> None:
    path = "image.channels[{}].light_path.detector_settings.offset"
    for number in (0, 1):
        assignments = [(path.format(number), str(number + 5))]
        repair.set_values(
            imported, _root(imported), assignments, author=AUTHOR, images="field_01*"
        )
    image = _image(imported, "field_01*").iri
    offset = iri("nboq:offset")
    told = imported.catalogue.effective(image)
    assert sorted(o for _s, p, o in told if p == offset) == [
        literal("5", datatype=expand("xsd:decimal")),
        literal("6", datatype=expand("xsd:decimal")),
    ]


def test_unknown_is_an_answer(imported: Workspace) -> None:
    root = _root(imported)
    repair.set_values(
        imported, root, [("image.physical_size_x", "unknown")], author=AUTHOR
    )
    assert (_image(imported, "field_03*").physical_size_x or "").endswith("unknown")


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("titel", "x", NotFoundError),
        ("image.physical_size_x", "wide", InputError),
        ("image.physical_size_x", "3 kg", InputError),
        ("creators", "Nobody Known", InputError),
        ("license", "CC BY NA", InputError),
        ("title", "  ", InputError),
        ("image.sample.organism", "obo:NCBITaxon_9606", InputError),
        ("image..title", "x", InputError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    imported: Workspace, path: str, text: str, kind: type[Exception]
) -> None:
    number = imported.catalogue.last_number()
    with pytest.raises(kind):
        repair.set_values(
            imported,
            _root(imported),
            [("title", "never kept"), (path, text)],
            author=AUTHOR,
        )
    assert imported.catalogue.last_number() == number


def test_an_objective_is_named_as_it_is_printed(imported: Workspace) -> None:
    image = images_of(imported, _root(imported), pattern="field_01_control")[0]
    printed = "plan-apochromat 20x/0.8"
    done = repair.set_values(
        imported,
        _root(imported),
        [("image.objective", printed)],
        author=AUTHOR,
        images="field_01_control",
    )
    graph = RecordGraph(imported.catalogue.effective(image))
    objective = view(Objective, graph, f"{image}#objective")
    assert (objective.magnification, objective.lens_na) == ("20", "0.8")
    assert objective.catalog_number == "EO-20-080"
    assert done.number is not None
    with pytest.raises(InputError) as error:
        repair.set_values(
            imported, _root(imported), [("image.objective", "40x")], author=AUTHOR
        )
    assert "Plan-Apochromat 20x/0.8" in error.value.expected


def test_what_was_understood_is_told(imported: Workspace) -> None:
    done = repair.set_values(
        imported,
        _root(imported),
        [("image.physical_size_x", "0,323 um")],
        author=AUTHOR,
    )
    assert done.notes == (
        "Pixel size X: comma taken as the decimal sign; read as 0.323 µm",
    )

"""Tags tables: a row means the images that it names, or nothing is applied."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from benchmarks.generated_lif import write_lif
from openpyxl import Workbook

from fair_imagic.errors import InputError, NotFoundError, UnreadableFileError
from fair_imagic.i18n import use_language
from fair_imagic.model import Image, RecordGraph, Sample, view
from fair_imagic.rdf import expand, iri
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.images.members import images_matching, images_of
from fair_imagic.workflow.images.named_tags import tags_in
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tags import TagsPlan
    from fair_imagic.workflow.images.correction import Correction

AUTHOR = "Ana Roux"
BRACKETS = ("plate2.tif", "plate[2].tif", "Index.idx [Well 1, Field 1].tif")
DOTS = ("drug_0.5uM_A.tif", "drug_0.5uM_B.tif", "2024.01.15_cell1.tif")


@pytest.fixture
def images(workspace: Workspace, tmp_path: Path) -> Callable[..., str]:
    """Give a function that imports small images of these names into a collection."""

    def make(*names: str) -> str:
        folder = tmp_path / "images"
        for number, name in enumerate(names):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".lif":
                write_lif(path, int(path.stem[-1]))
            else:
                tifffile.imwrite(path, np.full((4, 4), number, np.uint8))
        done = import_images.run(workspace, [folder], collection="few", author=AUTHOR)
        return done.collection

    return make


@pytest.fixture
def plan(workspace: Workspace, tmp_path: Path) -> Callable[..., TagsPlan]:
    """Give a function from the text of a table to what it would do."""

    def make(root: str, text: str, *, encoding: str = "utf-8") -> TagsPlan:
        path = tmp_path / "tags.csv"
        path.write_bytes(text.encode(encoding))
        return tags.plan_tags(workspace, root, tags.read_tags(path))

    return make


@pytest.fixture
def tagged(
    workspace: Workspace, plan: Callable[..., TagsPlan]
) -> Callable[..., Correction]:
    """Give a function that applies the text of a table."""

    def make(root: str, text: str, **options: bool) -> Correction:
        return tags.apply_tags(workspace, plan(root, text), author=AUTHOR, **options)

    return make


def _image(workspace: Workspace, name: str) -> Image:
    (image,) = images_matching(workspace, name)
    return view(Image, RecordGraph(workspace.catalogue.effective(image)), image)


def _sample(workspace: Workspace, name: str) -> str | None:
    sample = _image(workspace, name).sample
    if sample is None:
        return None
    graph = RecordGraph(workspace.catalogue.effective(sample))
    return view(Sample, graph, sample).title


def _tags(workspace: Workspace, name: str) -> dict[str, str]:
    image = _image(workspace, name).iri
    found = tags_in(RecordGraph(workspace.catalogue.effective(image)))
    return {one.name: one.text for one in found}


def test_the_row_for_a_name_with_brackets_reaches_it_alone(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*BRACKETS)
    tagged(root, 'image,sample\nplate[2],right\n"Index.idx [Well 1, Field 1]",S1\n')
    assert _sample(workspace, "plate2.tif") is None
    assert _sample(workspace, "plate[2].tif") == "right"
    assert _sample(workspace, "Index.idx [Well 1, Field 1]") == "S1"


def test_titles_keep_what_stands_before_the_ending(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    assert _image(workspace, "drug_0.5uM_A.tif").title == "drug_0.5uM_A"
    tagged(root, "image,sample\n*cell1*,S-one\ndrug_0.5uM_A,S-two\n")
    assert _sample(workspace, "2024.01.15_cell1") == "S-one"
    assert _sample(workspace, "drug_0.5uM_A") == "S-two"
    assert _sample(workspace, "drug_0.5uM_B") is None


def test_a_row_that_fits_nothing_is_told_and_nothing_is_applied(
    workspace: Workspace, images: Callable[..., str], plan: Callable[..., TagsPlan]
) -> None:
    root = images(*DOTS)
    number = workspace.catalogue.last_number()
    found = plan(root, "image,sample\ndrug_0.5uM_A,ok\ndrug_0.5um_B,S-A\n")
    (flaw,) = found.flaws
    assert (flaw.place, flaw.found) == ("tags.csv:3", "drug_0.5um_B")
    assert "drug_0.5uM_B" in flaw.expected
    with pytest.raises(InputError, match=r"No image is named drug_0\.5um_B"):
        tags.apply_tags(workspace, found, author=AUTHOR)
    assert workspace.catalogue.last_number() == number


def test_a_row_that_fits_several_waits_for_somebody_to_say_so(
    workspace: Workspace, images: Callable[..., str], plan: Callable[..., TagsPlan]
) -> None:
    root = images("mouse1.lif", "rat2.lif")
    found = plan(root, "image,sample\nfield 0,Mouse one\n")
    (row,) = found.ambiguous
    assert row.told == ("field 0 (mouse1.lif)", "field 0 (rat2.lif#field 0)")
    with pytest.raises(InputError, match="2 images are named field 0") as caught:
        tags.apply_tags(workspace, found, author=AUTHOR)
    assert "rat2.lif#field 0" in caught.value.found
    assert _sample(workspace, "mouse1.lif") is None
    tags.apply_tags(workspace, found, author=AUTHOR, all_fitting=True)
    assert _sample(workspace, "mouse1.lif") == "Mouse one"


def test_file_and_series_name_one_image(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images("mouse1.lif", "rat2.lif")
    tagged(root, "image,sample\nrat2.lif#field 1,Rat\nmouse1.lif,Mouse\n")
    assert _sample(workspace, "rat2.lif#2") == "Rat"
    assert _sample(workspace, "rat2.lif#field 0") is None
    assert _sample(workspace, "mouse1.lif#field 0") == "Mouse"


def test_a_series_is_found_by_its_name_in_the_file_after_its_title_changed(
    workspace: Workspace, images: Callable[..., str]
) -> None:
    root = images("mouse1.lif", "rat2.lif")
    repair.set_values(
        workspace,
        root,
        [("image.title", "renamed")],
        author=AUTHOR,
        images="rat2.lif#field 1",
    )
    assert _image(workspace, "rat2.lif#field 1").title == "renamed"
    assert _image(workspace, "title=renamed").series_index == "1"


def test_accents_composed_or_not_are_equal(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(unicodedata.normalize("NFD", "cellules traitées.tif"), "ête.tif")
    table = "image,sample\ncellules traitées,S5\n" + unicodedata.normalize(
        "NFD", "ête,S6\n"
    )
    tagged(root, table)
    assert _sample(workspace, "cellules traitées") == "S5"
    assert _sample(workspace, "ête") == "S6"


@pytest.mark.parametrize(
    "name",
    ["all the same", "two/ends.tif"],
)
def test_the_folder_tells_files_of_one_name_apart(
    workspace: Workspace,
    images: Callable[..., str],
    tagged: Callable[..., Correction],
    name: str,
) -> None:
    root = images("one/ends.tif", "two/ends.tif")
    if "/" in name:
        tagged(root, f"image,sample\n{name},S\n")
        assert _sample(workspace, "one/ends.tif") is None
    else:
        with pytest.raises(InputError, match="2 images are named ends"):
            tagged(root, "image,sample\nends,S\n")


def test_two_rows_that_contradict_each_other_are_told(
    images: Callable[..., str], plan: Callable[..., TagsPlan]
) -> None:
    root = images(*DOTS)
    text = "image,description,Staining\ndrug_0.5uM_A,a,DAPI\ndrug*,b,GFP\n"
    found = plan(root, text)
    assert [flaw.place for flaw in found.flaws] == [
        "tags.csv:3:description",
        "tags.csv:3:Staining",
    ]
    assert "Two rows give drug_0.5uM_A (drug" in found.flaws[0].message
    assert found.flaws[0].expected == "tags.csv:2:description"
    assert not plan(root, text.replace("b,GFP", "a,DAPI")).flaws


@pytest.mark.parametrize("again", ["sample", "SAMPLE", " sample "])
def test_a_column_given_twice_is_told(
    images: Callable[..., str], plan: Callable[..., TagsPlan], again: str
) -> None:
    root = images(*DOTS)
    with pytest.raises(UnreadableFileError, match="is there twice"):
        plan(root, f"image,sample,{again}\ndrug_0.5uM_A,a,b\n")


def test_headings_that_no_field_stands_for_are_kept_as_tags(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    done = tagged(
        root,
        "Fichier;Échantillon;Tissu type;Cell type;Staining;Proteine;molecule;"
        "Opérateur\n"
        "drug_0.5uM_A.tif;S1;foie;hépatocyte;DAPI;Tau;;Ana Roux\n",
    )
    sample = _image(workspace, "drug_0.5uM_A").sample or ""
    graph = RecordGraph(workspace.catalogue.effective(sample))
    assert view(Sample, graph, sample).biological_entity == "foie"
    assert _tags(workspace, "drug_0.5uM_A") == {
        "Cell type": "hépatocyte",
        "Opérateur": "Ana Roux",
        "Proteine": "Tau",
        "Staining": "DAPI",
    }
    assert images_matching(workspace, "tag:staining=DAPI") == [
        _image(workspace, "drug_0.5uM_A").iri
    ]
    assert images_matching(workspace, "tag:Staining=D*") != []
    assert images_matching(workspace, "tag:Staining=GFP") == []
    assert done.number is not None
    repair.undo_last(workspace, root, author=AUTHOR)
    assert _tags(workspace, "drug_0.5uM_A") == {}


def test_a_tag_that_speaks_of_a_person_is_never_public(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    tagged(root, "image,Opérateur,Staining\ndrug_0.5uM_A,Ana Roux,DAPI\n")
    image = _image(workspace, "drug_0.5uM_A").iri
    said = workspace.catalogue.effective(image)
    assert {p for _s, p, o in said if "Ana Roux" in o} == {iri("fi:privateValue")}
    assert {p for _s, p, o in said if o == '"DAPI"'} == {iri(expand("schema:value"))}


def test_a_tag_is_no_point_to_fix(imported: Workspace, tmp_path: Path) -> None:
    def points() -> set[tuple[str, str]]:
        return {(one.code, one.focus) for one in check.run(imported, "s").findings}

    before = points()
    path = tmp_path / "tags.csv"
    path.write_text("image,Staining,Opérateur\nfield*,DAPI,Ana\n", encoding="utf-8")
    tags.apply_file(imported, imported.record("set", "s"), path, author=AUTHOR)
    assert points() == before


def test_points_of_images_of_one_title_show_their_files(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "tags.csv"
    path.write_text("image,title\nfield*,twin\n", encoding="utf-8")
    tags.apply_file(imported, imported.record("set", "s"), path, author=AUTHOR)
    findings = check.run(imported, "s").findings
    labels = {one.focus_label.partition(" / ")[0] for one in findings if one.file}
    assert "twin (field_03_control.ome.tiff)" in labels
    assert "zstack_01" in labels
    assert "twin" not in labels
    assert {one.file for one in findings} >= {"field_03_control.ome.tiff", ""}


def test_tags_of_a_later_table_stand_beside_those_of_the_first(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    tagged(root, "image,Staining\ndrug_0.5uM_A,DAPI\n")
    tagged(root, "image,Protein,staining\ndrug_0.5uM_A,Tau,GFP\n")
    assert _tags(workspace, "drug_0.5uM_A") == {"Protein": "Tau", "staining": "GFP"}
    repair.undo_last(workspace, root, author=AUTHOR)
    assert _tags(workspace, "drug_0.5uM_A") == {"Staining": "DAPI"}


def test_a_heading_of_the_sample_is_a_tag_where_there_is_no_sample(
    workspace: Workspace, images: Callable[..., str], plan: Callable[..., TagsPlan]
) -> None:
    root = images(*DOTS)
    found = plan(root, "image,Cell type\ndrug_0.5uM_A,HeLa\n")
    assert "column sample" in found.table.columns[1].words
    tags.apply_tags(workspace, found, author=AUTHOR)
    assert _tags(workspace, "drug_0.5uM_A") == {"Cell type": "HeLa"}
    told = plan(root, "image,sample.organism_label\ndrug_0.5uM_A,Mus musculus\n")
    assert "has no sample yet" in told.flaws[0].message


@pytest.mark.parametrize(
    ("heading", "field"),
    [("titel", "title"), ("organsim", "organism"), ("sample.organsim", "organism")],
)
def test_a_slip_of_a_heading_is_not_taken_for_a_tag(
    workspace: Workspace,
    images: Callable[..., str],
    plan: Callable[..., TagsPlan],
    heading: str,
    field: str,
) -> None:
    root = images(*DOTS)
    (flaw,) = plan(root, f"image,{heading}\ndrug_0.5uM_A,x\n").flaws
    assert field in flaw.expected
    listed = plan(root, f"image,{heading}\ndrug_0.5uM_A,x\n").table.columns[1].words
    assert listed == flaw.message
    assert f"tag:{heading}" in flaw.expected
    kept = plan(root, f"image,tag:{heading}\ndrug_0.5uM_A,x\n")
    tags.apply_tags(workspace, kept, author=AUTHOR)
    assert _tags(workspace, "drug_0.5uM_A") == {heading: "x"}


def test_a_french_table_of_windows_is_read_and_another_encoding_is_not(
    workspace: Workspace, images: Callable[..., str], plan: Callable[..., TagsPlan]
) -> None:
    root = images("cellules traitées.tif")
    text = "image;sample;Marquage\ncellules traitées;Témoin n°1;« très fort »\n"
    found = plan(root, text, encoding="cp1252")
    tags.apply_tags(workspace, found, author=AUTHOR)
    assert _sample(workspace, "cellules traitées") == "Témoin n°1"
    assert _tags(workspace, "cellules traitées") == {"Marquage": "« très fort »"}
    for encoding in ("mac_roman", "cp850"):
        with pytest.raises(UnreadableFileError, match="UTF-8"):
            plan(root, text, encoding=encoding)


def test_a_table_may_be_a_workbook(
    workspace: Workspace, images: Callable[..., str], tmp_path: Path
) -> None:
    root = images(*DOTS)
    book = Workbook()
    book.active.append(["a sheet that says something else"])
    sheet = book.create_sheet("tags")
    sheet.append(["Image", "sample", "sample.organism_label", "Passage"])
    sheet.append(["*cell*", "Cellules", "Homo sapiens", 12])
    path = tmp_path / "tags.xlsx"
    book.save(path)
    found = tags.plan_tags(workspace, root, tags.read_tags(path))
    tags.apply_tags(workspace, found, author=AUTHOR)
    assert _sample(workspace, "2024.01.15_cell1") == "Cellules"
    assert _tags(workspace, "2024.01.15_cell1") == {"Passage": "12"}
    sheet.append(["drug*", "=A1"])
    book.save(path)
    with pytest.raises(UnreadableFileError, match="tags!B3 holds a formula"):
        tags.read_tags(path)


def test_a_table_without_a_column_of_images_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_text("organism,sample\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="a column named image"):
        tags.read_tags(path)


def test_other_doors_ask_the_same_matcher(
    workspace: Workspace, images: Callable[..., str], tmp_path: Path
) -> None:
    root = images("mouse1.lif", "rat2.lif", *BRACKETS)
    assert len(images_of(workspace, root, pattern="plate[2]")) == 1
    with pytest.raises(InputError, match="2 images are named field 0"):
        images_of(workspace, root, pattern="field 0")
    with pytest.raises(NotFoundError, match="No image is named plate"):
        images_of(workspace, root, pattern="plate[1-9]")
    with pytest.raises(InputError, match="2 images are named field 0"):
        sets.create(workspace, "s", author=AUTHOR, images="title=field 0")
    path = tmp_path / "figures.csv"
    path.write_text(
        "Fichier;Figure;Panneau\nrat2.lif#field 1;1;A\nplate[2].tif;1;B\n",
        encoding="utf-8",
    )
    record = sets.create(workspace, "s", author=AUTHOR, table=path)
    members = images_of(workspace, record)
    assert len(members) == 2
    assert _image(workspace, "rat2.lif#field 1").iri in members
    gone = sets.remove(workspace, "s", author=AUTHOR, images="rat2.lif")
    assert gone.count == 1


def test_a_table_makes_samples_and_links_many_images(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "tags.csv"
    path.write_text(
        "image;sample;sample.organism_label;tags\nfield*;HeLa;Homo sapiens;a\n",
        encoding="utf-8",
    )
    root = imported.record("set", "s")
    found = tags.plan_tags(imported, root, tags.read_tags(path))
    tags.apply_tags(imported, found, author=AUTHOR)
    image = images_of(imported, root, pattern="field_01*")[0]
    seen = view(Image, RecordGraph(imported.catalogue.effective(image)), image)
    sample = seen.sample or ""
    graph = RecordGraph(imported.catalogue.effective(sample))
    assert view(Sample, graph, sample).organism_label == "Homo sapiens"
    assert seen.tags == ("a",)
    link = (iri(image), iri("fi:sample"), iri(sample))
    assert imported.catalogue.origins(image)[link].place == "tags.csv:2:sample"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "image\n",
        "subject,title\na,b\n",
        "image,titel\nfield*,x\n",
        "image,title\nnone_like_this,x\n",
        "image,title\n,x\n",
        "image,\nfield*,x\n",
        "image,title\nfield*,x,y,z\n",
        "image,physical_size_x\nfield*,wide\n",
    ],
)
def test_a_table_that_cannot_be_used_keeps_nothing(
    imported: Workspace, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "tags.csv"
    path.write_text(text, encoding="utf-8")
    number = imported.catalogue.last_number()
    root = imported.record("set", "s")
    with pytest.raises((InputError, NotFoundError, UnreadableFileError)) as caught:
        found = tags.plan_tags(imported, root, tags.read_tags(path))
        tags.apply_tags(imported, found, author=AUTHOR)
    assert "tags.csv" in str(caught.value) or caught.value.expected
    assert imported.catalogue.last_number() == number


def test_samples_whose_names_differ_by_signs_are_two(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    names = ("WT+/+", "WT-/-", "WT")
    rows = "".join(f"{one},{name}\n" for one, name in zip(DOTS, names, strict=True))
    for _time in range(2):
        tagged(root, f"image,sample\n{rows}")
        assert tuple(_sample(workspace, one) for one in DOTS) == names
        assert len(workspace.names("sample")) == 3


def test_samples_of_one_table_are_told_apart_by_a_hyphen(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    rows = f"{DOTS[0]},S 1\n{DOTS[1]},s-1\n{DOTS[2]},s 1\n"
    for _time in range(2):
        tagged(root, f"image,sample\n{rows}")
        assert [_sample(workspace, one) for one in DOTS] == ["S 1", "s-1", "S 1"]


def test_a_sample_of_before_keeps_its_identifier(
    workspace: Workspace, images: Callable[..., str], tagged: Callable[..., Correction]
) -> None:
    root = images(*DOTS)
    old = f"{workspace.settings.base_iri}sample/wt"
    edits = Edits(workspace.catalogue, person_source(workspace, AUTHOR))
    edits.create(Sample(iri=old, title="WT+/+"))
    edits.append(AUTHOR, "sample")
    tagged(root, f"image,sample\n{DOTS[0]},WT+/+\n{DOTS[1]},WT-/-\n")
    assert _image(workspace, DOTS[0]).sample == old
    assert _image(workspace, DOTS[1]).sample != old


def test_sets_and_collections_whose_names_differ_by_signs_are_two(
    workspace: Workspace, images: Callable[..., str], tmp_path: Path
) -> None:
    images(*DOTS)
    made = [sets.create(workspace, one, author=AUTHOR) for one in ("KO+", "KO-")]
    assert [workspace.record("set", one) for one in ("ko+", " KO-")] == made
    assert made[0] != made[1]
    with pytest.raises(NotFoundError):
        workspace.record("set", "KO")
    roots = [
        import_images.run(
            workspace, [tmp_path / "images"], collection=one, author=AUTHOR
        ).collection
        for one in ("WT+/+", "WT-/-", "WT+/+", "Mon été", "mon-ete")
    ]
    assert roots[0] == roots[2] != roots[1]
    assert roots[3] == roots[4] == f"{workspace.settings.base_iri}collection/mon-ete"


def test_a_sample_of_images_that_are_not_chosen_is_told_of_before_it_changes(
    workspace: Workspace,
    images: Callable[..., str],
    plan: Callable[..., TagsPlan],
    tagged: Callable[..., Correction],
) -> None:
    root = images(*DOTS)
    rows = "".join(f"{one},S1\n" for one in DOTS)
    assert not tagged(root, f"image,sample\n{rows}").notes
    text = f"image,sample,sample.description\n{DOTS[0]},S1,young\n"
    (note,) = plan(root, text).notes
    assert "Sample S1 is also that of 2 other images, e.g. " in note
    with use_language("fr"):
        (told,) = plan(root, text).notes
        assert "L’échantillon S1 est aussi celui de 2 autres images" in told
    every = plan(root, text + f"{DOTS[1]},S1,young\n{DOTS[2]},S1,young\n")
    assert not every.notes
    path = "image.sample.description"
    for chosen, count in ((DOTS[0], 1), (None, 0)):
        wish = [(path, f"old {chosen}")]
        done = repair.set_values(workspace, root, wish, author=AUTHOR, images=chosen)
        assert len(done.notes) == count


@pytest.mark.parametrize("heading", ["sample", "tag:Note", "title"])
def test_a_cell_of_more_than_20000_characters_is_refused(
    images: Callable[..., str], plan: Callable[..., TagsPlan], heading: str
) -> None:
    root = images(*DOTS)
    (flaw,) = plan(root, f"image,{heading}\n{DOTS[0]},{'x' * 20_001}\n").flaws
    assert "20000" in flaw.message
    assert not plan(root, f"image,{heading}\n{DOTS[0]},xyz\n").flaws

"""PageTab: a BioStudies submission for the BioImage Archive, as JSON or text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.pagetab.form import Form, form_of
from fair_imagic.documents.pagetab.section import sections_of, texts, title_of, walk
from fair_imagic.documents.pagetab.tab_separated import START, read_tsv
from fair_imagic.documents.translation import translation_of
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.documents.content import Content
    from fair_imagic.documents.pagetab.section import Section
    from fair_imagic.documents.tree_path import Pointer

__all__ = ["KIND"]


def _recognise(content: Content) -> bool:
    if not content.is_json:
        first = content.head.split(b"\n", 1)[0].strip()
        return content.is_text and first.split(b"\t")[0] == START.encode()
    if not isinstance(content.json, dict):
        return False
    section = content.json.get("section")
    return isinstance(section, dict) and (
        "attributes" in content.json or "attributes" in section
    )


def _read(content: Content) -> Reading:
    value, spoken = _opened(content)
    form = form_of(value, name=content.name)
    tree, pointers = _tree(form)

    def where(pointer: Pointer) -> str:
        starts = (pointer[:length] for length in range(len(pointer), -1, -1))
        return spoken(next(pointers[one] for one in starts if one in pointers))

    translation = translation_of(
        "pagetab", tree, base=document_iri(content.name), where=where
    )
    return Reading(
        name=content.name,
        root=translation.root,
        label=title_of(form.pagetab["section"]) or form.name,
        triples=translation.triples,
        places=translation.places,
        questions=translation.questions,
        form=form,
        where=spoken,
        gap_codes=_gap_codes(form.pagetab["section"]),
        remarks=_remarks(form, content.name),
    )


def _gap_codes(section: Section) -> tuple[str, ...]:
    lists = any(texts(part, "File List") for _place, part in walk(section))
    return ("file-lists-not-opened",) if lists else ()


def _opened(content: Content) -> tuple[dict[str, Any], Callable[[str], str]]:
    """Return the document, and what says a place in it: a pointer, or a line."""
    if content.is_json:
        return content.json, lambda place: f"{content.name}, {place}"
    text = read_tsv(content.text, name=content.name)

    def spoken(place: str) -> str:
        pointer, _space, rest = place.partition(" ")
        return f"{content.name}:{text.line(pointer)} {rest}".rstrip()

    return text.value, spoken


def _remarks(form: Form, name: str) -> tuple[str, ...]:
    if not form.published:
        return ()
    accession = form.pagetab["accno"]
    text = _(
        "{name}: the archive has published this as {accession}; what it would ask of a "
        "new submission is shown as recommended"
    )
    return (text.format(name=name, accession=accession),)


def _tree(form: Form) -> tuple[dict[str, Any], dict[Pointer, str]]:
    """Return the study by attribute names, and where each part of it stands."""
    section = form.pagetab["section"]
    tree: dict[str, Any] = _named(section)
    pointers: dict[Pointer, str] = {(): section["at"]}
    organisations = {
        str(one["accno"]): one for one in sections_of(section, "organisation")
    }
    for kind in ("Author", "Biosample"):
        tree[kind] = []
        for number, one in enumerate(sections_of(section, kind)):
            part = _named(one)
            pointers[kind, number] = one["at"]
            places = [
                organisations[text]
                for text in texts(one, "affiliation")
                if text in organisations
            ]
            part["workplaces"] = [_named(place) for place in places]
            for order, place in enumerate(places):
                pointers[kind, number, "workplaces", order] = place["at"]
            tree[kind].append(part)
    return tree, pointers


def _named(section: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a section by name; several values as a list."""
    values: dict[str, list[Any]] = {}
    for one in section["attributes"]:
        values.setdefault(str(one.get("name")), []).append(one["value"])
    return {name: few[0] if len(few) == 1 else few for name, few in values.items()}


_GAPS = (
    Gap(
        "file-lists-not-opened",
        both("The file lists that a submission names are not opened"),
    ),
    Gap(
        "terms-not-judged",
        both(
            "Terms of ontologies beside a value (Ontology, TermId, NCBI taxon ID of a "
            "section) are not judged"
        ),
    ),
    Gap(
        "files-passed-over",
        both("Files listed inside a submission are passed over"),
    ),
)

KIND = Kind(
    "pagetab",
    title=lambda: _("PageTab (BioImage Archive)"),
    recognise=_recognise,
    read=_read,
    profiles=("bioimage-archive",),
    rules="fair_imagic.publish.bioimage_archive.document:submission_points",
    order=40,
    gaps=_GAPS,
)

"""PageTab: a BioStudies submission for the BioImage Archive, as JSON or text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.checks.point import Points
from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.documents.pagetab.form import Form, form_of
from fair_imagic.documents.pagetab.section import sections_of, texts, title_of
from fair_imagic.documents.pagetab.tab_separated import START, read_tsv
from fair_imagic.documents.translation import mapped
from fair_imagic.i18n import _
from fair_imagic.publish.bioimage_archive.rules import points_to_fix
from fair_imagic.workflow.checking.own_rules import as_advice, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.documents.content import Content
    from fair_imagic.documents.select import Pointer

__all__ = ["KIND"]

# What breaks a study even after the archive has taken it: its links lead nowhere.
_STILL_BROKEN = frozenset(
    f"bioimage-archive/{name}"
    for name in ("association-broken", "affiliation-broken", "link-without-type")
)
# What only a new submission can be asked: mail addresses are not published, and the
# day of release is past.
_BEFORE_ONLY = frozenset(
    f"bioimage-archive/{name}" for name in ("author-e-mail-needed", "release-date-past")
)


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


def _read(content: Content) -> Document:
    value, spoken = _opened(content)
    form = form_of(value, name=content.name)
    tree, pointers = _tree(form)

    def where(pointer: Pointer) -> str:
        known = (pointer[:length] for length in range(len(pointer), -1, -1))
        return spoken(next(pointers[one] for one in known if one in pointers))

    base = document_iri(content.name)
    found = mapped("pagetab", tree, base=base, where=where)
    own = placed(_points(form, base), spoken)
    return Document(
        name=content.name,
        snapshot=found.snapshot,
        profiles=("bioimage-archive",),
        places=found.places,
        asked=found.asked,
        findings=tuple(_published(own) if form.published else own),
        remarks=_remarks(form, content.name),
    )


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


def _published(found: list[Finding]) -> Iterator[Finding]:
    kept = (one for one in found if one.code not in _BEFORE_ONLY)
    yield from as_advice(kept, kept=_STILL_BROKEN)


def _points(form: Form, base: str) -> Iterator[Finding]:
    """Yield the archive's own points, each with a place in the document."""
    from dataclasses import replace

    section = form.pagetab["section"]
    points = Points("bioimage-archive", base, title_of(section) or form.name)
    for one in points_to_fix(form.pagetab, points):
        yield replace(one, path=form.place(one.path))
    for pointer, written, read in form.misspelt:
        yield points.make(
            "name-not-read",
            message="The archive may not read {value}: it reads {read}",
            repair="Write the name exactly as {read}",
            place=pointer,
            value=written,
            must=False,
            read=read,
        )


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
        for number, found in enumerate(sections_of(section, kind)):
            part = _named(found)
            pointers[kind, number] = found["at"]
            places = [
                organisations[text]
                for text in texts(found, "affiliation")
                if text in organisations
            ]
            part["workplaces"] = [_named(one) for one in places]
            for order, one in enumerate(places):
                pointers[kind, number, "workplaces", order] = one["at"]
            tree[kind].append(part)
    return tree, pointers


def _named(section: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a section by name; several values as a list."""
    found: dict[str, list[Any]] = {}
    for one in section["attributes"]:
        found.setdefault(str(one.get("name")), []).append(one["value"])
    return {name: said[0] if len(said) == 1 else said for name, said in found.items()}


KIND = Kind("pagetab", lambda: _("PageTab (BioImage Archive)"), _recognise, _read)

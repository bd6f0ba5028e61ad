"""A note from the bench: ``Title: ...`` and other lines below a heading."""

from fair_imagic.documents import Kind, Reading
from fair_imagic.documents.address import document_iri
from fair_imagic.gaps import Gap
from fair_imagic.model import PublicationSet, slots_of, statements

HEADING = b"BENCH NOTE"
TITLE = next(slot.iri for slot in slots_of("PublicationSet") if slot.name == "title")


def _read(content):
    lines = content.text.splitlines()
    values = {}
    for number, line in enumerate(lines[1:], 2):
        name, _colon, value = line.partition(":")
        values[name.strip().lower()] = (value.strip(), number)
    title, line = values.get("title", ("", 1))
    root = document_iri(content.name)
    return Reading(
        name=content.name,
        root=root,
        label=title or content.name,
        triples=statements(PublicationSet(iri=root, title=title or None)),
        places={(root, "", ""): f"{content.name}:{line}"},
        questions=frozenset({("set", TITLE)}),
        form=values,
        where=lambda place: f"{content.name}:{place}",
        gap_codes=("drawings",) if "drawing" in values else (),
    )


KIND = Kind(
    "bench-note",
    title=lambda: "Bench note",
    recognise=lambda content: content.head.startswith(HEADING),
    read=_read,
    profiles=("set",),
    rules="bench_note.rules:points",
    gaps=(
        Gap(
            "drawings",
            {
                "en": "Drawings in a note are not looked at",
                "fr": "Les dessins d’une note ne sont pas examinés",
            },
        ),
    ),
)

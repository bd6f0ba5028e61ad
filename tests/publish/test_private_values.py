"""What the model marks as not public is in no page, record or package for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from study_data import BASE, SCRIPTS, SET, settings_for, snapshot, write_sources

from fair_imagic.model import (
    Snapshot,
    class_named,
    class_names,
    private_paths,
    slots_of,
)
from fair_imagic.publish.landing import (
    landing_of,
    link_header,
    links_of,
    linkset,
    to_html,
    to_jsonld,
    to_turtle,
)
from fair_imagic.publish.registry import available
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDERS = {
    "Sample": BASE + "sample/hela",
    "Fileset": BASE + "fileset/f1",
    "Image": BASE + "image/i1",
    "NamedTag": BASE + "image/i1#tag-1",
    "Person": BASE + "person/ada",
    "Publication": BASE + "publication/datacite-set-s",
    "Override": BASE + "override/s-datacite",
}
EMAIL = "planted-email@example.org"


def private_slots() -> Iterator[tuple[str, str, str]]:
    for name in class_names():
        for slot in slots_of(name):
            if not slot.public:
                yield name, slot.name, slot.iri


PLANTED = {
    (holder, path): EMAIL if slot == "email" else f"PLANTED-{slot}"
    for holder, slot, path in private_slots()
}


@pytest.fixture
def planted() -> Snapshot:
    """Return the study with a value at every private field, as own and as context."""
    clean = snapshot()
    values = [
        (iri(HOLDERS[name]), iri(path), literal(text))
        for (name, path), text in PLANTED.items()
    ]
    own = {subject for subject, _path, _value in clean.own}
    return Snapshot.make(
        clean.root,
        own=[*clean.own, *(one for one in values if one[0] in own)],
        context=[*clean.context, *(one for one in values if one[0] not in own)],
        taken_at=clean.taken_at,
    )


def test_rooms_accreditations_serial_numbers_and_leaks_are_marked() -> None:
    marked = {slot for _name, slot, _path in private_slots()}
    assert marked >= {
        "accreditation_number",
        "consent_reference",
        "containment_room",
        "decided_points",
        "email",
        "path_in_file",
        "reason",
        "serial_number_in_file",
        "slide_label_in_file",
        "user_name_in_file",
    }
    assert set(HOLDERS) == {name for name, _slot, _path in private_slots()}


def test_a_property_is_private_everywhere_or_nowhere() -> None:
    for name in class_names():
        for slot in slots_of(name):
            private = slot.iri in private_paths()
            assert slot.public is not private, (class_named(name).iri, slot.iri)


def test_the_check_sees_every_planted_value(planted: Snapshot) -> None:
    text = planted.to_nquads()
    assert all(value in text for value in PLANTED.values())


@pytest.mark.parametrize("token", sorted(available()))
def test_no_package_for_an_archive_holds_a_private_value(
    planted: Snapshot, tmp_path: Path, token: str
) -> None:
    root = SCRIPTS if token == "software-heritage" else SET
    whole = Snapshot.make(
        root, own=planted.own, context=planted.context, taken_at=planted.taken_at
    )
    package = available()[token].build(
        whole, settings_for(tmp_path), sources=write_sources(tmp_path / "files")
    )
    texts = [one.decode("utf-8", "replace") for one in package.files.values()]
    everything = "\n".join(
        (*texts, str(package.payload), *(gap.shown for gap in package.lost))
    )
    assert "PLANTED" not in everything
    metadata = [text for name, text in package.files.items() if name.endswith(".ttl")]
    assert all(EMAIL.encode() not in text for text in metadata)


def test_no_form_of_the_landing_page_holds_a_private_value(
    planted: Snapshot, tmp_path: Path
) -> None:
    page = landing_of(planted, settings_for(tmp_path))
    forms = (
        to_html(page, language="en"),
        to_html(page, language="fr"),
        to_jsonld(page),
        to_turtle(page),
        linkset(page),
        link_header(links_of(page)),
    )
    for text in forms:
        assert "PLANTED" not in text
        assert EMAIL not in text
    assert "HeLa" in forms[0]

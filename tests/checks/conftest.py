"""What tests of the checks share: snapshots from Turtle, profiles in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.model import Snapshot
from fair_imagic.rdf import PREFIXES, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROOT = "https://example.org/id/set/s"
HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())


def snapshot_of(own: str, *, context: str = "", root: str = ROOT) -> Snapshot:
    def triples(text: str) -> list[tuple[str, str, str]]:
        return list(parse((HEAD + text).encode(), format="ttl"))

    return Snapshot.make(root, own=triples(own), context=triples(context))


@pytest.fixture(name="snapshot")
def _snapshot() -> Callable[..., Snapshot]:
    return snapshot_of


@pytest.fixture(name="snapshots", scope="module")
def _snapshots() -> Callable[..., Snapshot]:
    """Return the same for what a module makes once."""
    return snapshot_of


@pytest.fixture
def write_profile(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a profile folder and returns the folder of all."""

    def write(
        token: str,
        shapes: str = "",
        *,
        parents: tuple[str, ...] = (),
        about: str = "fi:PublicationSet",
    ) -> Path:
        folder = tmp_path / "profiles" / token
        folder.mkdir(parents=True)
        links = "".join(f"prof:isProfileOf fish:{parent} ; " for parent in parents)
        manifest = (
            f'{HEAD}fish:{token} a prof:Profile ; dcterms:identifier "{token}" ;'
            f'dcterms:title "T"@en, "T"@fr ; dcterms:description "D"@en, "D"@fr ;'
            f'dcat:version "1" ; {links} fi:about {about} ; fi:blocks true .'
        )
        (folder / "profile.ttl").write_text(manifest, encoding="utf-8")
        prefix = f"@prefix x: <{PREFIXES['fish']}{token}/> .\n"
        (folder / "rules.ttl").write_text(HEAD + prefix + shapes, encoding="utf-8")
        return folder.parent

    return write

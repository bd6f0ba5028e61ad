"""The catalogue of the page benchmark: one large set, many small ones of its images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.check_set import completed
from benchmarks.generated_images import BASE, import_of, set_of
from fair_imagic import config
from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind, open_catalogue
from fair_imagic.rdf import iri, literal

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["COLLECTION", "LARGE", "PASSWORD", "READER", "Size", "described", "fill"]

READER, PASSWORD = "reader", "correct horse battery"
LARGE, COLLECTION = "large", "all"
_PER_IMPORT = 1_000


@dataclass(frozen=True)
class Size:
    """How much there is: images, small sets, and the images of each of them."""

    images: int
    sets: int
    images_each: int

    def name(self, number: int) -> str:
        """Return the name of a small set."""
        return f"small-{number:03d}"

    def of_set(self, number: int) -> range:
        """Return the images of a small set; sets may have images in common."""
        start = number * 37 % (self.images - self.images_each)
        return range(start, start + self.images_each)


def fill(home: Path, size: Size) -> None:
    """Write the catalogue into a data folder, with a verdict kept for every set."""
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(f'base_iri = "{BASE}"\n', encoding="utf-8")
    with open_catalogue(config.load(home, environ={})) as catalogue:
        for start in range(0, size.images, _PER_IMPORT):
            numbers = range(start, min(start + _PER_IMPORT, size.images))
            catalogue.append(import_of(numbers, collection=COLLECTION))
        catalogue.append(ChangeSet("bench", "sets", tuple(_sets(size))))
        first = tuple(completed(_record(size.name(0)), size.of_set(0)))
        catalogue.wait_projected(catalogue.append(ChangeSet("bench", "more", first)))
    _keep_verdicts(home, size)


def _record(name: str) -> str:
    return f"{BASE}set/{name}"


def _sets(size: Size) -> list[Change]:
    record = f"{BASE}collection/{COLLECTION}"
    title = literal("All images")
    said = (
        (iri(record), iri("rdf:type"), iri("fi:Collection")),
        (iri(record), iri("dcterms:title"), title),
    )
    chosen = {LARGE: range(size.images)}
    chosen |= {size.name(number): size.of_set(number) for number in range(size.sets)}
    return [
        Change(record, _person(), frozenset(said)),
        *(set_of(name, numbers) for name, numbers in chosen.items()),
    ]


def described(name: str, text: str) -> ChangeSet:
    """Return the change by which somebody describes a set."""
    record = _record(name)
    said = (iri(record), iri("fi:tag"), literal(text))
    change = Change(record, _person(), frozenset({said}))
    return ChangeSet("bench", "described", (change,))


def _person() -> Source:
    return Source(f"{BASE}source/bench", SourceKind.PERSON, "bench")


def _keep_verdicts(home: Path, size: Size) -> None:
    """Check one small set, and keep what it says for each: as if all were checked."""
    from fair_imagic.catalogue.verdict_file import KeptText
    from fair_imagic.workflow.base.workspace import open_workspace
    from fair_imagic.workflow.checking.input_sum import sums_of
    from fair_imagic.workflow.checking.verdict import verdict_on
    from fair_imagic.workflow.people import accounts

    with open_workspace(home) as workspace:
        accounts.create(workspace, READER, password=PASSWORD, role="facility")
        first = _record(size.name(0))
        verdict_on(workspace, first)
        kept = workspace.catalogue.verdicts
        text = kept.of([first])[first].text
        names = [LARGE, *(size.name(number) for number in range(size.sets))]
        for record, input_sum in sums_of(workspace, list(map(_record, names))).items():
            kept.keep(record, KeptText(input_sum, text))

"""The workspace: settings and catalogue of one data folder, opened for one use."""

from __future__ import annotations

import contextlib
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import config, model
from fair_imagic.catalogue import Catalogue, open_catalogue
from fair_imagic.catalogue.folder_names import bases_of, settled
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, ngettext
from fair_imagic.model.sheet import personal_classes
from fair_imagic.workflow.base.label import label_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.model.bases import Bases

__all__ = ["KINDS", "Workspace", "first_names", "open_workspace", "where_listed"]

KINDS: dict[str, type[model.Record]] = {
    "collection": model.Collection,
    "fileset": model.Fileset,
    "image": model.Image,
    "instrument": model.Instrument,
    "instrument-version": model.InstrumentVersion,
    "organisation": model.Organisation,
    "output": model.ResearchOutput,
    "person": model.Person,
    "plan": model.Plan,
    "publication": model.Publication,
    "quality-run": model.QualityRun,
    "result": model.Result,
    "run": model.ProcessingRun,
    "sample": model.Sample,
    "set": model.PublicationSet,
    "software": model.Software,
}

# What lists the records of a kind; those of a collection stand in the overview.
_LISTS = {
    "collection": "fair-imagic status",
    "instrument": "fair-imagic instrument list",
    "person": "fair-imagic person list",
    "plan": "fair-imagic dmp list",
    "set": "fair-imagic set list",
}
_MOST_NAMES = 12
_NEAR = 0.6

# Kinds whose records people name, and those that keep this name as their title.
_TITLED = ("collection", "instrument", "organisation", "sample", "software")
_NAMED = (*_TITLED, "plan", "set")
# Those of them that belong to teams, which do not see each other's names.
_OF_TEAMS = ("collection", "plan", "sample", "set")


@dataclass(frozen=True)
class Workspace:
    """What every use case works on."""

    settings: Settings
    catalogue: Catalogue

    def record(self, kind: str, name: str) -> str:
        """Return the IRI of a record of a kind (``set``, ``collection``, ...).

        ``name`` is a short name or an IRI; a person is found by full name, ORCID iD
        and e-mail address too. Raises :class:`~fair_imagic.errors.NotFoundError` with
        the names that exist, and InputError for a name of several people.
        """
        if KINDS[kind].class_iri in personal_classes():
            from fair_imagic.workflow.base.person_names import the_person

            return the_person(self, name).record
        iri = self.bases.inward_iri(name) if "://" in name else self.mint(kind, name)
        if self.sees(iri) and self.catalogue.exists(iri):
            return iri
        plain = model.mint(self.settings.base_iri, kind, name)
        if model.is_kept(name) and self.sees(plain) and self.catalogue.exists(plain):
            return plain
        raise NotFoundError(
            _("There is no {kind} named {name}").format(
                kind=_word_of(kind), name=name[:80]
            ),
            expected=first_names(self.names(kind), near=name),
            hint=where_listed(kind),
        )

    @property
    def whole(self) -> Workspace:
        """All of it, whoever looks: what a verdict rests on is the same for all."""
        return Workspace(self.settings, self.catalogue.whole)

    def sees(self, record: str) -> bool:
        """Return whether who looks may see a record; what is not there looks the same.

        No other place decides it: :func:`fair_imagic.workflow.people.teams.seen_by`
        gives the workspace as an account sees it.
        """
        sight = self.catalogue.sight
        return sight is None or record in sight.seen([record])

    def may_edit(self, record: str) -> bool:
        """Return whether who looks may change a record."""
        sight = self.catalogue.sight
        return sight is None or record in sight.editable([record])

    def names(self, kind: str) -> list[str]:
        """Return the short names of the records of a kind."""
        prefix = f"{self.settings.base_iri}{kind}/"
        found = self.catalogue.records(KINDS[kind].class_iri)
        return sorted(iri.removeprefix(prefix) for iri in found)

    def mint(self, kind: str, name: str, *, as_title: bool = False) -> str:
        """Return the IRI of the record of this kind and name, or of a new one.

        Where the slug loses signs of the name, or is that of a record with another
        title, the IRI ends with a number made of the name: ``KO+`` is not ``KO-``.
        A short name means its record whatever the title is, unless the name is told
        to be one ``as_title``.
        """
        found = self._mint(kind, name, as_title=as_title)
        sight = self.catalogue.sight
        if sight is None or kind not in _OF_TEAMS:
            return found
        if self.sees(found) and self.catalogue.exists(found):
            return found
        # whether somebody else has the name is told by nothing: it is another one
        return sight.own_name(found)

    def _mint(self, kind: str, name: str, *, as_title: bool) -> str:
        plain = model.mint(self.settings.base_iri, kind, name)
        if kind not in _NAMED:
            return plain
        apart = model.mint_apart(self.settings.base_iri, kind, name)
        if self.catalogue.exists(apart):
            return apart
        triples = self.catalogue.effective(plain)
        title = label_in(triples, plain) if triples else name
        is_same = model.is_same_name(title, name)
        if not model.is_kept(name):
            return plain if triples and is_same else apart
        if kind not in _TITLED or is_same or model.slug(title) != model.slug(name):
            return plain
        is_short = not as_title and model.is_same_name(name, model.slug(name))
        return plain if is_short else apart

    @property
    def bases(self) -> Bases:
        """What IRIs of records begin with: inside, outside, and outside before.

        Read anew each time: a command may put another base into force beside us.
        """
        return bases_of(self.catalogue.database, self.settings)

    def under(self, settings: Settings) -> Workspace:
        """Return this workspace with other settings, apart from the names it keeps.

        Raises what :func:`fair_imagic.catalogue.folder_names.settled` raises.
        """
        return Workspace(settled(self.catalogue.database, settings), self.catalogue)

    @property
    def thumbnails(self) -> Path:
        """Return the folder of the pictures made at import."""
        return self.settings.home / "thumbnails"


def first_names(names: Iterable[str], *, near: str = "") -> str:
    """Return the first names of a list for a message, and how many more there are.

    Those that a name is ``near`` stand first.
    """
    known = list(names)
    by_letters = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(near.casefold(), by_letters, n=3, cutoff=_NEAR)
    shown = list(dict.fromkeys([*(by_letters[one] for one in close), *known]))
    text, others = ", ".join(shown[:_MOST_NAMES]), len(shown) - _MOST_NAMES
    if others <= 0:
        return text
    return ngettext(
        "{names}, or {count} other", "{names}, or {count} others", others
    ).format(names=text, count=others)


def where_listed(kind: str) -> str:
    """Return which command lists the records of a kind, empty where none does."""
    command = _LISTS.get(kind)
    if command is None:
        return ""
    return _("`{command}` lists what is there.").format(command=command)


def _word_of(kind: str) -> str:
    """Return what people call a kind of record."""
    return _("microscope") if kind == "instrument" else _(kind)


@contextlib.contextmanager
def open_workspace(
    home: Path | None = None,
    *,
    write: bool = True,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Workspace]:
    """Open the data folder ``home`` (default: the setting) for one use.

    ``tell`` is called with lines about the upgrade of a folder of an older program.
    Raises :class:`~fair_imagic.errors.ConfigurationError` for a folder on a network
    file system, and for settings that would rename what is there.
    """
    settings = config.load(home)
    if settings.targets.is_in_file:
        from fair_imagic.publish.settings import verify

        verify(settings)
    with open_catalogue(settings, write=write, tell=tell) as catalogue:
        kept = settled(catalogue.database, settings, write=write)
        yield Workspace(kept, catalogue)

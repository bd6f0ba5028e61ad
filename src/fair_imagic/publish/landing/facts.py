"""What a landing page shows: the set as published, and where it was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.entry.identifier import doi_of
from fair_imagic.entry.licence import licence_of
from fair_imagic.publish.address import landing_page_of, landing_path_of
from fair_imagic.publish.base import Role
from fair_imagic.publish.study import issued_on, read_study, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.config import Settings
    from fair_imagic.entry.licence import Licence
    from fair_imagic.model.snapshot import Snapshot
    from fair_imagic.publish.base import PageForm, Published
    from fair_imagic.publish.study import Study

__all__ = ["Landing", "landing_of"]


@dataclass(frozen=True, kw_only=True)
class Landing:
    """All that the page, its data forms and its links are made of.

    ``thumbnails`` and ``file_urls`` map image and file records to web addresses; what
    is not in them has no picture, or no public file. ``by_decision`` names the archives
    that got the set by decision of the facility, although it lacks something that they
    ask for; the reason is not for the public. ``forms`` are those for programs that
    targets bring.
    """

    study: Study
    snapshot: Snapshot
    url: str
    facility: str
    published: tuple[Published, ...]
    thumbnails: Mapping[str, str] = field(default_factory=dict)
    file_urls: Mapping[str, str] = field(default_factory=dict)
    practice: bool = False
    by_decision: tuple[str, ...] = ()
    forms: tuple[PageForm, ...] = ()

    @property
    def path(self) -> str:
        """The path of the page, for links that hold at any address of the service."""
        return f"/{landing_path_of(self.snapshot.root)}"

    @property
    def catalogue_url(self) -> str:
        """The address of the list of everything that the facility published."""
        return self.url.rstrip("/").rsplit("/", 2)[0]

    @property
    def identifier(self) -> str:
        """The DOI as an address; the page's own address where there is no DOI."""
        return self._cited_as or self.url

    @property
    def doi(self) -> str:
        """The bare DOI, or nothing."""
        return doi_of(self._cited_as) or ""

    @property
    def issued(self) -> str:
        """The day of publication (ISO)."""
        return issued_on(self.study, self.snapshot)

    @property
    def version(self) -> str:
        """The version of the set."""
        return said(self.study.record.version) or "1.0"

    @property
    def licence(self) -> Licence | None:
        """The licence, where it is one of the SPDX list."""
        return licence_of(said(self.study.record.license))

    @property
    def publisher(self) -> str:
        """The name of the publisher, else of the facility."""
        organisation = self.study.publisher
        return said(organisation.name) if organisation else self.facility

    @property
    def citation(self) -> str:
        """The sentence to cite the set by, as DataCite recommends it."""
        authors = "; ".join(one.citation_name for one in self.study.creators)
        parts = (
            f"{authors} ({self.issued[:4]})" if self.issued else authors,
            self.study.title,
            f"Version {self.version}",
            self.publisher,
            self.identifier,
        )
        texts = [part.strip().rstrip(".") for part in parts]
        return ". ".join(text for text in texts if text)

    @property
    def others(self) -> tuple[Published, ...]:
        """The other places where the set or its scripts are kept."""
        ours = {self.study.record.iri, *(one.iri for one in self.study.software)}
        return tuple(
            one
            for one in self.published
            if one.role is not Role.PAGE and one.of in ours
        )

    @property
    def _cited_as(self) -> str:
        """The identifier of this version; of one whose version nobody noted, else."""
        record = self.study.record.iri
        cited = [p for p in self.published if p.role is Role.PAGE and p.of == record]
        for version in (self.version, ""):
            for one in reversed(cited):
                if one.version == version:
                    return one.identifier
        return ""


def landing_of(
    snapshot: Snapshot,
    settings: Settings,
    *,
    published: tuple[Published, ...] = (),
    thumbnails: Mapping[str, str] | None = None,
    file_urls: Mapping[str, str] | None = None,
    by_decision: tuple[str, ...] = (),
    forms: tuple[PageForm, ...] = (),
) -> Landing:
    """Return what the landing page of a published snapshot shows; pure."""
    return Landing(
        study=read_study(snapshot),
        snapshot=snapshot,
        url=landing_page_of(settings, snapshot.root),
        facility=settings.facility_name,
        published=published,
        thumbnails=thumbnails or {},
        file_urls=file_urls or {},
        practice=settings.practice_mode,
        by_decision=by_decision,
        forms=forms,
    )

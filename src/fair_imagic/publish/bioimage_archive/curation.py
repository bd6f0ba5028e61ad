"""What curators of the BioImage Archive mend by hand, and what makes it drop a study.

The causes are those of the studies that the archive keeps in two forms, as submitted
and as corrected (bia-integrator, ``bia-ingest``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.pagetab.section import sections_of, texts, title_of, walk
from fair_imagic.entry.identifier import doi_of, orcid_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

    Section = dict[str, Any]

__all__ = ["curation_points"]

_INGEST = "BioImage Archive, bia-ingest"
#: What people write where there is nothing yet, without blanks and points.
_STAND_INS = re.compile(
    r"(in|under)?(review|revision|press|prep|preparation)|submitted|pending|tb[adc]|"
    r"tobe\w*|na|none|null|nil|unknown|notyet\w*|notavailable|forthcoming|unpublished|"
    r"xx+|todo|acceptedforpublication"
)
#: The prefix of four or five digits is the one that the archive reads.
_READ_DOI = re.compile(r"10\.\d{4,5}/\S+")
#: Licences under which the ingest knows a study, blanks and points taken out.
_LICENCE = re.compile(r"CC0|CC_BY(_(SA|NC|NC_SA|NC_ND|ND))?_(10|20|21|25|30|40)|MIT")


def curation_points(section: Section, points: Points) -> Iterator[Finding]:
    """Yield what a curator would mend by hand before the study can be read."""
    yield from _publication_points(section, points)
    yield from _author_points(section, points)
    yield from _component_points(section, points)
    for text in texts(section, "License"):
        read = re.sub(r"[\s-]+", "_", text.strip()).replace(".", "")
        if not _LICENCE.fullmatch(read):
            yield points.make(
                "licence-not-read",
                message="The archive cannot read the licence {value}, and stops there",
                repair="Write CC0 or CC BY 4.0",
                place="section.License",
                value=text,
                clause=f"{_INGEST}, licence",
            )


def _publication_points(section: Section, points: Points) -> Iterator[Finding]:
    for place, one in walk(section):
        if one.get("type") != "Publication":
            continue
        named = [text for name in ("Title", "DOI") for text in texts(one, name)]
        if not any(text.strip() for text in named):
            yield points.make(
                "publication-empty",
                message="The publication has neither a title nor a DOI",
                repair="Give the title or the DOI, or take the publication out",
                place=place,
                clause=f"{_INGEST}, publication",
            )
        for name in ("DOI", "Title", "Pubmed ID"):
            for text in texts(one, name):
                yield from _publication_value(name, text, f"{place}.{name}", points)


def _publication_value(
    name: str, text: str, place: str, points: Points
) -> Iterator[Finding]:
    plain = re.sub(r"[\s.\-_/()\[\]]+", "", text).lower()
    if plain and _STAND_INS.fullmatch(plain):
        yield points.make(
            "publication-placeholder",
            message="{value} is no {name}: it stands for one that is to come",
            repair="Take the entry out until it is there",
            place=place,
            value=text,
            name=name,
            clause=f"{_INGEST}, publication",
        )
    elif name == "DOI" and text.strip() and not _is_read_doi(text):
        yield points.make(
            "publication-doi-wrong",
            message="The archive cannot read {value} as a DOI",
            repair="Write the DOI alone, such as 10.1083/jcb.202107093",
            place=place,
            value=text,
            clause=f"{_INGEST}, publication",
        )


def _is_read_doi(text: str) -> bool:
    bare = doi_of(text)
    return bare is not None and _READ_DOI.fullmatch(bare) is not None


def _author_points(section: Section, points: Points) -> Iterator[Finding]:
    for author in sections_of(section, "Author"):
        for text in texts(author, "ORCID"):
            if text.strip() and orcid_in(text) is None:
                yield points.make(
                    "orcid-wrong",
                    message="The ORCID iD of {name} has a wrong form or check digit",
                    repair="Copy the ORCID iD from the person's ORCID page",
                    place=str(author.get("accno")),
                    value=text,
                    name=title_of(author),
                    clause="BioImages.v5, Author, ORCID",
                )


def _component_points(section: Section, points: Points) -> Iterator[Finding]:
    for place, one in walk(section):
        if one.get("type") not in ("Study Component", "Annotations"):
            continue
        if one.get("in_table"):
            yield points.make(
                "component-in-table",
                message="{title} stands in a table of sections: the archive does not "
                "look for file lists there, and loses its files",
                repair="Write it as a section of its own",
                place=place,
                title=title_of(one),
                clause=f"{_INGEST}, file lists",
            )
        if one.get("type") == "Study Component" and not any(
            inner.get("type") == "Associations" for _at, inner in walk(one)
        ):
            yield points.make(
                "associations-missing",
                message="{title} does not say of which sample, specimen and "
                "acquisition its images are",
                repair="Add a section Associations that names them by their titles",
                place=place,
                title=title_of(one),
                clause="BioImages.v5, Study Component, Associations",
            )

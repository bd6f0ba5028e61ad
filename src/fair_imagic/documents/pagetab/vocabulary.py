"""The names that PageTab sections and attributes have in the BioImage Archive."""

from __future__ import annotations

__all__ = ["ATTRIBUTES", "INNER", "OTHER_NAMES", "SECTIONS", "SECTION_TYPES"]

#: Type of section -> the attributes that the archive's form asks for.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Study": ("Title", "ReleaseDate", "Description", "Keywords", "License"),
    "Author": ("Name", "E-mail", "affiliation"),
    "organisation": ("Name",),
    "Biosample": ("Title", "Organism", "Biological entity"),
    "Specimen": ("Title", "Sample preparation protocol"),
    "Image acquisition": (
        "Title",
        "Imaging instrument",
        "Image acquisition parameters",
        "Imaging method",
    ),
    "Image analysis": ("Title", "Image analysis overview"),
    "Annotations": (
        "Title",
        "Annotation Overview",
        "Annotation Type",
        "Annotation Method",
        "File List",
    ),
    "Study Component": ("Name", "Description", "File List"),
    "Associations": ("Biosample", "Specimen", "Image acquisition"),
}
_OPTIONAL = (
    "Keywords",
    "Growth protocol",
    "Experimental variable",
    "Extrinsic variable",
    "Intrinsic variable",
    "Acknowledgements",
    "Funding statement",
)

#: Name in small letters -> the name under which the archive reads it.
SECTION_TYPES = {
    **{name.lower(): name for name in SECTIONS},
    "organization": "organisation",
}
ATTRIBUTES = {
    name.lower(): name
    for name in (*(name for names in SECTIONS.values() for name in names), *_OPTIONAL)
}
OTHER_NAMES = {"keyword": "Keywords", "email": "E-mail"}
#: The section below a biosample or an acquisition -> its attribute that counts, and the
#: attribute around it that says the same.
INNER = {
    "organism": ("Scientific name", "Organism"),
    "imaging method": ("Ontology Value", "Imaging method"),
}

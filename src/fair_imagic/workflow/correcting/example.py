"""An example of what may be typed into a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import decimal_sign

if TYPE_CHECKING:
    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.field import Field

__all__ = ["example_of"]

_BY_NAME = {
    "organism": "http://purl.obolibrary.org/obo/NCBITaxon_9606",
    "organism_label": "Homo sapiens",
    "imaging_method": "http://purl.obolibrary.org/obo/FBbi_00000251",
    "imaging_method_label": "confocal microscopy",
    "keywords": "nuclei; DNA damage",
    "acquired_at": "2026-03-14T10:30:00",
    "issued": "2026-11-22",
    "orcid": "0000-0002-1825-0097",
    "ror": "https://ror.org/0161xgx34",
    "fluorophore": "Alexa Fluor 488",
    "channel_name": "DNA",
    "objective": "63x/1.4 oil",
    "physical_size_x": "0.108",
    "physical_size_y": "0.108",
    "physical_size_z": "0.3",
    "exposure_time": "50",
    "excitation_wavelength": "488",
    "emission_wavelength": "525",
    "title": "Nuclei of HeLa cells after irradiation",
}
_BY_KIND = {"number": "1.0", "date": "2026-11-22"}


def example_of(slot: Slot, field: Field) -> str:
    """Return an example with its unit; empty where none helps."""
    if field.choices:
        return field.choices[0].label
    example = _BY_NAME.get(slot.name) or _BY_KIND.get(field.kind, "")
    if field.kind == "number":
        example = example.replace(".", decimal_sign())
    return f"{example} {field.unit}".strip() if example else ""

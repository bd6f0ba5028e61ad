"""The licences that the BioImage Archive's form offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.entry.licence import Licence

__all__ = ["OFFERED", "name_and_address"]

_CC = "https://creativecommons.org/"

#: The name that the form accepts and the address of the legal code, by SPDX id.
OFFERED = {
    "CC0-1.0": ("CC0", _CC + "publicdomain/zero/1.0/legalcode"),
    "CC-BY-4.0": ("CC BY 4.0", _CC + "licenses/by/4.0/legalcode"),
}


def name_and_address(licence: Licence) -> tuple[str, str]:
    """Return how the archive names a licence; another one keeps its SPDX id."""
    return OFFERED.get(licence.spdx, (licence.spdx, licence.url))

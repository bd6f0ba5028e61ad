"""The licences that targets know, by their SPDX address."""

from __future__ import annotations

from dataclasses import dataclass

from fair_imagic.errors import InputError
from fair_imagic.i18n import _

__all__ = ["Licence", "licence_iri", "licence_of"]

SPDX = "https://spdx.org/licenses/"


@dataclass(frozen=True)
class Licence:
    """A licence: SPDX id, full name, address of the deed or text."""

    spdx: str
    name: str
    url: str

    @property
    def iri(self) -> str:
        """The SPDX address."""
        return SPDX + self.spdx

    @property
    def for_software(self) -> bool:
        """Whether it is made for software (Creative Commons licences are not)."""
        return not self.spdx.startswith(("CC-", "CC0", "etalab", "ODbL", "ODC"))


_CC = "https://creativecommons.org/"
_KNOWN = (
    Licence(
        "CC0-1.0",
        "Creative Commons Zero v1.0 Universal",
        _CC + "publicdomain/zero/1.0/",
    ),
    Licence(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0 International",
        _CC + "licenses/by/4.0/",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share Alike 4.0 International",
        _CC + "licenses/by-sa/4.0/",
    ),
    Licence(
        "CC-BY-NC-4.0",
        "Creative Commons Attribution Non Commercial 4.0 International",
        _CC + "licenses/by-nc/4.0/",
    ),
    Licence(
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution Non Commercial Share Alike 4.0 International",
        _CC + "licenses/by-nc-sa/4.0/",
    ),
    Licence("etalab-2.0", "Etalab Open License 2.0", SPDX + "etalab-2.0"),
    Licence("MIT", "MIT License", SPDX + "MIT"),
    Licence(
        "BSD-3-Clause", 'BSD 3-Clause "New" or "Revised" License', SPDX + "BSD-3-Clause"
    ),
    Licence("Apache-2.0", "Apache License 2.0", SPDX + "Apache-2.0"),
    Licence(
        "GPL-3.0-or-later",
        "GNU General Public License v3.0 or later",
        SPDX + "GPL-3.0-or-later",
    ),
    Licence(
        "CECILL-2.1",
        "CeCILL Free Software License Agreement v2.1",
        SPDX + "CECILL-2.1",
    ),
    Licence("CECILL-B", "CeCILL-B Free Software License Agreement", SPDX + "CECILL-B"),
)
_BY_ID = {licence.spdx.lower(): licence for licence in _KNOWN}


def licence_of(text: str | None) -> Licence | None:
    """Return the licence of an SPDX address or id, or None for anything else."""
    if not text:
        return None
    bare = text.strip().rstrip("/").removesuffix(".json").removesuffix(".html")
    for start in (SPDX, SPDX.replace("https", "http")):
        bare = bare.removeprefix(start)
    known = _BY_ID.get(bare.lower())
    if known is not None:
        return known
    return _from_spdx_list(bare)


def licence_iri(text: str) -> str:
    """Return the SPDX IRI of a licence that a person names.

    Raises :class:`~fair_imagic.errors.InputError` for what SPDX does not know.
    """
    if "://" in text:
        return text
    from license_expression import ExpressionError, get_spdx_licensing

    wanted = "CC0-1.0" if text.upper() == "CC0" else text.strip().replace(" ", "-")
    try:
        parsed = get_spdx_licensing().parse(wanted, validate=True)
    except ExpressionError as error:
        raise InputError(
            _("SPDX knows no licence {name}").format(name=text),
            expected="CC0-1.0, CC-BY-4.0, MIT, ...",
            found=text,
        ) from error
    return SPDX + str(parsed)


def _from_spdx_list(identifier: str) -> Licence | None:
    """Return a licence that is in the SPDX list but not in the table above."""
    from license_expression import get_spdx_licensing

    known = {key.lower(): key for key in get_spdx_licensing().known_symbols}
    key = known.get(identifier.lower())
    if key is None or key.startswith("LicenseRef-"):
        return None
    return Licence(key, key, SPDX + key)

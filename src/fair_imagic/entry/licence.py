"""Licences: which one of the SPDX list a name or address means.

license-expression has the list; it names no addresses, no names in words and no
versions that are left out, which are added here.
"""

from __future__ import annotations

import difflib
import functools
import re
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fair_imagic import cache
from fair_imagic.entry.plain_name import plain_name
from fair_imagic.entry.reading import Option, Reading, Refusal
from fair_imagic.i18n import both
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.model.slots import Slot

__all__ = [
    "Licence",
    "Meant",
    "is_spdx",
    "licence_like",
    "licence_of",
    "licences_meant",
    "licences_near",
    "read_licence",
]

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
_BY_ID = {licence.spdx: licence for licence in _KNOWN}

_LONGEST = 300
_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>[a-z-]+)"
    r"(?:/(?P<version>\d\.\d)(?:/(?P<country>[a-z]{2,3})(?=/|\Z))?)?"
    r"|publicdomain/(?P<zero>zero)/1\.0)"
)
_OTHER_ADDRESSES = {
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "etalab.gouv.fr/licence-ouverte": "etalab-2.0",
    "opendatacommons.org/licenses/odbl": "ODbL-1.0",
}
_HOSTS = (
    "spdx.org",
    "www.spdx.org",
    "opensource.org",
    "www.opensource.org",
    "choosealicense.com",
    "www.gnu.org",
    "gnu.org",
)
_WORDS = {
    "creative commons": "cc",
    "licence ouverte": "etalab",
    "open licence": "etalab",
    "etalab etalab": "etalab",  # it has both names on its page
    "attribution": "by",
    "non commercial": "nc",
    "noncommercial": "nc",
    "pas d'utilisation commerciale": "nc",
    "no derivatives": "nd",
    "noderivatives": "nd",
    "pas de modification": "nd",
    "share alike": "sa",
    "sharealike": "sa",
    "partage dans les mêmes conditions": "sa",
    "zero": "0",
    "universal": "",
    "international public": "",
    "international": "",
    "licence": "",
    "license": "",
    "public domain dedication": "",
    "the": "",
}
_VERSION = re.compile(r"[0-9.]+(?:-only|-or-later)?\Z")
_NEAR = 0.6
_ALMOST_THE_SAME = 0.92
_SHORTEST = 3


@dataclass(frozen=True)
class Meant:
    """The SPDX ids that a text can mean; the first is what is proposed."""

    ids: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether it can be only one."""
        return len(self.ids) == 1


def licence_of(text: str | None) -> Licence | None:
    """Return the licence that a name or address means, None where that is not sure."""
    meant = licences_meant(text) if text else None
    if meant is None or not meant.certain:
        return None
    (name,) = meant.ids
    return _BY_ID.get(name) or Licence(name, name, SPDX + name)


def is_spdx(text: str) -> bool:
    """Return whether a text is the address of a licence in the SPDX list."""
    name = text.removeprefix(SPDX).removesuffix(".html")
    return text.startswith(SPDX) and name in _spdx_ids()


@functools.lru_cache(maxsize=1024)
def licences_meant(text: str) -> Meant | None:
    """Return what a name or address can mean, None for what is no licence.

    A licence without its version (``CC BY SA``) can be any of them, the newest first.
    """
    plain = " ".join(unquote(text).split())
    if not plain or len(plain) > _LONGEST:
        return None
    lower = plain.lower().partition("?")[0].partition("#")[0].rstrip("/")
    match = _CREATIVE_COMMONS.search(lower)
    if match:
        return _of_deed(match)
    for address, name in _OTHER_ADDRESSES.items():
        if address in lower:
            return Meant((name,))
    is_address = "://" in lower or lower.startswith(_HOSTS)
    if is_address and not any(f"/{host}/" in f"/{lower}" for host in _HOSTS):
        return None
    tail = lower.rpartition("/")[2] if is_address else lower
    for ending in (".html", ".json", ".txt"):
        tail = tail.removesuffix(ending)
    return _of_name(plain_name(_in_short(tail)))


def licences_near(text: str) -> tuple[str, ...]:
    """Return the SPDX ids whose names are nearest, those that are used most first."""
    wanted = plain_name(_in_short(text[:_LONGEST]))
    by_plain = {plain_name(_in_short(name)): name for name in _BY_ID}
    near = difflib.get_close_matches(wanted, by_plain, n=5, cutoff=_NEAR)
    others = difflib.get_close_matches(wanted, _by_plain_name(), n=5, cutoff=_NEAR)
    found = [by_plain[one] for one in near] + [_by_plain_name()[one] for one in others]
    return tuple(dict.fromkeys([*found, *_BY_ID]))


def licence_like(text: str) -> str | None:
    """Return the SPDX id whose name is almost the text (a slip of the pen), or None."""
    wanted = plain_name(_in_short(text[:_LONGEST]))
    names = _by_plain_name()
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=_ALMOST_THE_SAME)
    return names[near[0]] if near else None


def read_licence(slot: Slot, text: str) -> Reading | Refusal:
    """Read the name or address of a licence of the SPDX list."""
    meant = licences_meant(text)
    if meant is None:
        return Refusal(
            message=both("SPDX knows no licence {name}", name=text[:60]),
            found=text,
            choices=tuple(Option(text=name) for name in licences_near(text)),
        )
    first = meant.ids[0]
    as_written = text.casefold() in (first.casefold(), (SPDX + first).casefold())
    return Reading(
        terms=((slot.iri, iri(SPDX + first)),),
        certain=meant.certain,
        note={} if as_written else both("read as {value}", value=first),
        options=tuple(Option(text=name) for name in meant.ids if not meant.certain),
        text=text,
    )


def _of_deed(match: re.Match[str]) -> Meant | None:
    if match["zero"]:
        return Meant(("CC0-1.0",))
    kind, version, country = match["kind"], match["version"], match["country"]
    if version is None:
        return _of_name(plain_name(f"cc-{kind}"))
    names = _by_plain_name()
    national = (
        names.get(plain_name(f"cc-{kind}-{version}-{country}")) if country else None
    )
    found = national or names.get(plain_name(f"cc-{kind}-{version}"))
    return Meant((found,)) if found else None


def _of_name(wanted: str) -> Meant | None:
    names = _by_plain_name()
    if wanted in names:
        return Meant((names[wanted],))
    # "Apache 2" is Apache-2.0
    whole = f"{wanted}0" if wanted[-1:].isdigit() else wanted
    if len(wanted) < _SHORTEST:
        return None
    if whole in names:
        return Meant((names[whole],))
    versions = _versions().get(wanted) or _versions().get(whole)
    return Meant(versions) if versions else None


def _in_short(text: str) -> str:
    short = re.sub(r"[\s_/-]+", " ", text.lower().replace("’", "'"))
    for long, word in _WORDS.items():
        short = short.replace(long, word)
    return re.sub(r"\bv(?:ersion)?\s*(?=\d)", "", " ".join(short.split()))


@functools.cache
def _by_plain_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in (*_BY_ID, *sorted(_spdx_ids())):
        found.setdefault(plain_name(_in_short(name)), name)
        found.setdefault(plain_name(name), name)
    return found


@functools.cache
def _versions() -> Mapping[str, tuple[str, ...]]:
    """Return the versions of each licence by its name without one, the newest first.

    The GNU licences have two forms of a version: ``GPL-3.0`` can be either.
    """
    found: dict[str, list[str]] = {}
    for name in sorted(_spdx_ids()):
        stem = _VERSION.sub("", name)
        numbered = re.sub(r"-(?:only|or-later)\Z", "", name)
        for key in {stem, numbered} - {name}:
            found.setdefault(plain_name(_in_short(key)), []).append(name)
    return {key: tuple(sorted(names, key=_newest)) for key, names in found.items()}


def _newest(name: str) -> tuple[list[int], str]:
    numbers = [-int(part) for part in re.findall(r"\d+", name)]
    return numbers, name


@functools.cache
def _spdx_ids() -> frozenset[str]:
    key = cache.key_of("SPDX names", metadata.version("license-expression"))
    return cache.recall(
        key,
        lambda: frozenset(_read_spdx_ids()),
        write=lambda names: "\n".join(sorted(names)).encode(),
        read=lambda content: frozenset(content.decode().split("\n")),
    )


def _read_spdx_ids() -> Iterator[str]:
    """Yield the ids; the library that has them takes long to load."""
    from license_expression import get_license_index

    for entry in get_license_index():
        name = entry.get("spdx_license_key") or ""
        if name and not name.startswith("LicenseRef") and not entry["is_exception"]:
            yield name

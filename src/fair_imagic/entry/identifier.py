"""Persistent identifiers: their syntax and check digits, without network.

idutils knows the syntax of DOIs, SWHIDs and addresses, and the check digit and the
ranges of ORCID iDs. Ours are: the check digits of ROR, which it does not compute; that
nothing stands around an identifier (it looks at the beginning of some); addresses with
a query or percent-encoded characters; and e-mail addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fair_imagic.entry.reading import Reading, Refusal, example
from fair_imagic.i18n import both
from fair_imagic.model.view import term_for

if TYPE_CHECKING:
    from fair_imagic.model.slots import Slot

__all__ = [
    "doi_of",
    "email_in",
    "is_doi",
    "is_orcid",
    "is_ror",
    "is_swhid",
    "is_url",
    "looks_like_doi",
    "looks_like_orcid",
    "orcid_in",
    "orcid_of",
    "read_identifier",
    "ror_check_digits",
    "ror_in",
    "takes_identifier",
]

_LONGEST = 2048
_DOI_PREFIX = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S")
_DOI_RESOLVER = re.compile(
    r"(?:(?P<address>(?:https?://)?(?:www\.|dx\.)?doi\.org/)|(?:urn:|info:)?doi\s*:?)\s*",
    re.IGNORECASE,
)
_DASH = "[-\u2010-\u2013\\s.]?"
_ORCID = re.compile(
    rf"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:\s+id)?\s*:?\s*)?"
    rf"(\d{{4}}){_DASH}(\d{{4}}){_DASH}(\d{{4}}){_DASH}(\d{{3}}[\dX])/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_ORCID_BARE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z")
_ROR = re.compile(
    r"(?:(?:https?://)?(?:www\.)?ror\.org/|ror\s*:?\s*)?"
    r"(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_ROR_ADDRESS = re.compile(r"https://ror\.org/0([a-hj-km-np-tv-z0-9]{6})(\d{2})\Z")
# ROR counts in Crockford's base 32: no i, l, o, u.
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_SWHID = re.compile(r"swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}(?:;\S+)?\Z")
_URL = re.compile(r"(https?|ftp)://[^\s/<>\"{}|\\^`\[\]]+(/[^\s<>\"{}|\\^`\[\]]*)?")
_EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}\Z"
)


def is_doi(text: str) -> bool:
    """Return whether a text is a bare DOI (``10.x/y``), by the syntax of DOIs.

    Any printable character may follow the slash: ``<``, ``>``, ``+``, ``[``, ``&``.
    """
    from idutils import is_doi as matched

    plain = len(text) <= _LONGEST and text.isprintable() and " " not in text
    return plain and bool(_DOI_PREFIX.match(text)) and bool(matched(text))


def doi_of(text: str) -> str | None:
    """Return the bare DOI in a DOI or its address, as it is written there, or None."""
    bare = text.strip()
    match = _DOI_RESOLVER.match(bare)
    if match:
        bare = bare[match.end() :]
        bare = unquote(bare) if match["address"] else bare
    return bare if is_doi(bare) else None


def looks_like_doi(text: str) -> bool:
    """Return whether a text is meant as a DOI, right or wrong."""
    return text.startswith("10.") or _DOI_RESOLVER.match(text) is not None


def is_orcid(text: str) -> bool:
    """Return whether a bare ORCID iD has the right form and check digit."""
    from idutils import is_orcid as matched

    return bool(_ORCID_BARE.match(text)) and bool(matched(text))


def orcid_in(text: str) -> str | None:
    """Return the bare ORCID iD that a text or address is, or None."""
    bare = orcid_of(text)
    return bare if is_orcid(bare) else None


def looks_like_orcid(text: str) -> bool:
    """Return whether a text is an ORCID iD but for its check digit."""
    return _ORCID.match(text.strip()) is not None


def orcid_of(text: str | None) -> str:
    """Return the ORCID iD of a text or address in its usual form, right or wrong.

    What has another form comes back without the address before it.
    """
    plain = (text or "").strip()
    match = _ORCID.match(plain)
    if match is None:
        return plain.rstrip("/").rpartition("/")[2].upper()
    return "-".join(match.groups()).upper()


def is_ror(text: str) -> bool:
    """Return whether an address is a ROR id with the right check digits."""
    return _ROR_ADDRESS.match(text) is not None and ror_check_digits(text)


def ror_in(text: str) -> str | None:
    """Return the address of the ROR id that a text is, or None."""
    match = _ROR.match(text.strip())
    address = f"https://ror.org/{match[1].lower()}" if match else ""
    return address if is_ror(address) else None


def ror_check_digits(text: str) -> bool:
    """Return whether the last two digits follow ISO/IEC 7064 MOD 97-10.

    What does not even look like a ROR id passes.
    """
    match = _ROR_ADDRESS.match(text)
    if match is None:
        return True
    number = 0
    for character in match[1]:
        number = number * 32 + _CROCKFORD.index(character)
    return int(match[2]) == 98 - (number * 100) % 97


def is_swhid(text: str) -> bool:
    """Return whether a text is a SWHID of version 1 (qualifiers allowed)."""
    return len(text) <= _LONGEST and _SWHID.match(text) is not None


def is_url(text: str) -> bool:
    """Return whether a text is an absolute web address without blanks."""
    return _URL.fullmatch(text) is not None


def email_in(text: str) -> str | None:
    """Return the e-mail address that a text is (``mailto:`` taken off), or None."""
    plain = text.strip().removeprefix("mailto:")
    return plain if len(plain) <= 254 and _EMAIL.match(plain) else None


def takes_identifier(slot: Slot) -> bool:
    """Return whether a field takes an identifier of a known syntax."""
    return slot.iri.rpartition("/")[2] in _KINDS


def read_identifier(slot: Slot, text: str) -> Reading | Refusal:
    """Read the identifier that a field takes (see :func:`takes_identifier`)."""
    kind = _KINDS[slot.iri.rpartition("/")[2]]
    value = kind(text)
    if value is None:
        return _refused(kind, text)
    note = {} if value == text else both("read as {value}", value=value)
    return Reading(terms=((slot.iri, term_for(slot, value)),), note=note, text=text)


def _refused(kind: Kind, text: str) -> Refusal:
    if kind is orcid_in:
        message = (
            both("The last character of this ORCID iD does not fit the others")
            if looks_like_orcid(text)
            else both("This is not an ORCID iD")
        )
        return Refusal(
            message=message,
            expected=example("0000-0002-1825-0097"),
            found=text,
            hint=both("Copy the ORCID iD from the person's ORCID page"),
        )
    if kind is ror_in:
        return Refusal(
            message=both("This is not a ROR id, or its last digits do not fit"),
            expected=example("https://ror.org/051sk4035"),
            found=text,
            hint=both("Copy the address of the organisation from ror.org."),
        )
    if kind is email_in:
        message = both("This is not an e-mail address")
        return Refusal(
            message=message, expected=example("name@example.org"), found=text
        )
    return Refusal(
        message=both("This is not a web address"),
        expected=example("https://example.org/page"),
        found=text,
    )


def _url_in(text: str) -> str | None:
    address = f"https://{text}" if text.startswith("www.") else text
    return address if is_url(address) else None


def _cited(text: str) -> str | None:
    """Return the DOI that a text or address is, any other identifier as it is."""
    return doi_of(text) or text


Kind = Callable[[str], str | None]
# By the last part of the property: NBO-Q and schema.org both have an e-mail.
_KINDS: dict[str, Kind] = {
    "orcid": orcid_in,
    "ror": ror_in,
    "email": email_in,
    "identifier": _cited,
    "websiteURL": _url_in,
    "page": _url_in,
}

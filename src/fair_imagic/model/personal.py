"""Personal data in texts: addresses, folders and names by which a person is known.

Precise rather than complete: what is found here is shown to people as a mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "CLEANED_COPY",
    "emails_in",
    "is_own_name",
    "labelled_people_in",
    "patients_in",
    "people_in",
    "personal_folders_in",
    "tells_of_people",
]

#: The processor of copies that were made before images said what they stand for.
CLEANED_COPY = "cleaned-copy"

_LONGEST = 160

_EMAIL = re.compile(
    r"(?<![\w.+@-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){0,4}"
    r"[A-Za-z0-9-]{0,62}[A-Za-z][A-Za-z0-9-]{0,62}\.([A-Za-z]{2,24})(?![\w@])"
)
# A name such as scan@room.tif is a file's.
_FILE_ENDINGS = frozenset((
    "tif", "tiff", "czi", "lif", "nd", "nd2", "png", "jpg", "jpeg", "xml", "csv",
    "txt", "ome", "zarr", "h5", "svs", "oir", "vsi",
))  # fmt: skip
_FOLDER = re.compile(
    r"(?:[A-Za-z]:[\\/]+(?:Users|Documents and Settings|Utilisateurs|Benutzer)"
    r"|(?<![\w.])/(?:home|Users|export/home)"
    r"|\\\\[\w.$-]{1,60}\\+(?:home|homes|users|profiles)\$?)"
    r"[\\/]+(?P<name>[^\\/:*?\"'<>|\r\n]{1,60})(?P<rest>(?:[\\/][^\"'<>|\r\n]*)?)"
)
_LABELLED = re.compile(
    r"(?:^|[|;,\n\r\"<]|\s)(?:user ?name|user|operator|scanned by|acquired by|imaged by"
    r"|utilisateur|opérateur|acquis par)\s*[=:]\s*\"?"
    r"(?P<name>[^\"|;,<>=:\r\n]{2,60})",
    re.IGNORECASE,
)
_GIVEN = r"[A-ZÀ-ÖØ-Þ](?:[\w’'-]{1,30}|\.)"
_TITLED = re.compile(
    rf"(?<!\w)(?:Dr|Pr|Prof|Mr|Mrs|Mme|Mlle|Docteur|Professeur|Professor|Doctor)\.?"
    rf"[ \u00a0](?P<name>(?:{_GIVEN}[ \u00a0]){{0,2}}[A-ZÀ-ÖØ-Þ][\w’'-]{{1,30}})"
)
_PATIENT = re.compile(
    r"(?<!\w)[Pp]atiente?(?:['’]s)?(?:[ _](?:name|nom))?\s*[=:]\s*"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]+[ ,]{1,2}[A-ZÀ-ÖØ-Þ][\w’'-]+)"
)
_BORN = re.compile(
    r"(?<!\w)(?:born on|date of birth|dob|née? le|date de naissance)\s*[=:]?\s*"
    r"(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})",
    re.IGNORECASE,
)
# French social security number: sex, year, month, department, commune, order, key.
_NIR = re.compile(
    r"(?<!\d)([12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3})"
    r"\s?(\d{2})(?!\d)"
)
# Names of accounts that everybody at a microscope uses.
_SHARED = frozenset((
    "acquisition", "admin", "administrateur", "administrator", "all", "anonymous",
    "confocal", "default", "demo", "evident", "experimenter", "facility", "guest",
    "imaging", "invité", "invite", "lab", "labo", "lasx", "leica", "local",
    "localuser", "lsm", "microscope", "microscopy", "n/a", "na", "name", "nikon",
    "nobody", "none", "olympus", "operator", "opérateur", "owner", "plateforme",
    "platform", "public", "root", "service", "shared", "system", "tcs", "test",
    "unknown", "user", "username", "users", "utilisateur", "zeiss", "zen",
))  # fmt: skip


def emails_in(text: str) -> list[str]:
    """Return the e-mail addresses in a text, each once."""
    found = _EMAIL.finditer(text) if "@" in text else ()
    return _once(m[0] for m in found if m[1].lower() not in _FILE_ENDINGS)


def personal_folders_in(text: str) -> list[str]:
    """Return the paths in a text that lead through the folder of a user, each once."""
    return _once(
        match[0].strip()[:_LONGEST]
        for match in _FOLDER.finditer(text)
        if is_own_name(match["name"])
    )


def labelled_people_in(text: str) -> list[str]:
    """Return the names that a text gives as its user or operator, each once."""
    names = (match["name"].strip() for match in _LABELLED.finditer(text))
    return _once(name for name in names if is_own_name(name))


def people_in(text: str, known: Iterable[tuple[str, str]] = ()) -> list[str]:
    """Return the people whom a text names, each once.

    They are those with a title (Dr Roux), and those of ``known``, pairs of given and
    family name, in either order.
    """
    found = [match[0] for match in _TITLED.finditer(text)]
    for given, family in known:
        found += _named(text, given, family)
    return _once(found)


def _named(text: str, given: str, family: str) -> Iterator[str]:
    if len(given) < 2 or len(family) < 2 or family.casefold() not in text.casefold():
        return
    one, other = re.escape(given), re.escape(family)
    between = r"[ \u00a0._,-]{1,2}"
    pattern = rf"(?<![^\W_])(?:{one}{between}{other}|{other}{between}{one})(?![^\W_])"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield match[0]


def patients_in(text: str) -> list[str]:
    """Return names, birth dates and social security numbers of patients, each once."""
    found = [match["name"] for match in _PATIENT.finditer(text)]
    found += [match["date"] for match in _BORN.finditer(text)]
    found += [match[0] for match in _NIR.finditer(text) if _is_nir(match[1], match[2])]
    return _once(found)


def _is_nir(number: str, key: str) -> bool:
    """Return whether the key fits; Corsica's 2A and 2B count as 19 and 18."""
    digits = "".join(number.split()).replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(key)


def is_own_name(name: str) -> bool:
    """Return whether the name of an account is one person's, not one of all users."""
    words = re.findall(r"[^\W\d_]+|[/]", name.casefold())
    return len(name.strip()) > 1 and bool(set(words) - _SHARED - {"/"})


def tells_of_people(text: str) -> bool:
    """Return whether any of these is found in a text."""
    finders = (
        emails_in,
        personal_folders_in,
        labelled_people_in,
        people_in,
        patients_in,
    )
    return any(find(text) for find in finders)


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))

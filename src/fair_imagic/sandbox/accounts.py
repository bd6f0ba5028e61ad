"""The practice accounts of the three archives."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields

__all__ = ["Accounts", "fresh_passwords"]


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """Who may use the practice archives, and with what limits.

    Parameters
    ----------
    datacite_prefixes
        DOI prefixes that the account owns.
    datacite_domains
        Hosts that a DOI may point to: ``*`` or names, ``*.`` before a name for all
        below it.
    biostudies_collections
        Collections that the account may attach submissions to.
    """

    datacite_user: str = "PRACTICE.IMAGIC"
    datacite_password: str
    datacite_prefixes: tuple[str, ...] = ("10.99999",)
    datacite_domains: tuple[str, ...] = ("*",)
    biostudies_user: str = "practice@fair-imagic.example.org"
    biostudies_password: str
    biostudies_collections: tuple[str, ...] = ("BioImages",)
    swh_user: str = "practice-imagic"
    swh_password: str
    swh_collection: str = "imagic"
    swh_provider_url: str = "https://fair-imagic.example.org/software/"

    def __repr__(self) -> str:
        """Return the accounts without passwords."""
        shown = (
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if not field.name.endswith("_password")
        )
        return f"Accounts({', '.join(shown)})"


def fresh_passwords() -> dict[str, str]:
    """Return new random passwords for the three accounts."""
    names = ("datacite_password", "biostudies_password", "swh_password")
    return {name: secrets.token_urlsafe(18) for name in names}

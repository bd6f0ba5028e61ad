"""The practice repository account at DataCite, and the archive that it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.sandbox.practice import Archive
from fair_imagic.sandbox.store import Store

if TYPE_CHECKING:
    from fair_imagic.sandbox.practice import Place

__all__ = ["PRACTICE", "Account", "DataCitePractice"]

_USER = "PRACTICE.IMAGIC"
_PREFIX = "10.99999"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who may use it: DOI prefixes that the account owns, hosts a DOI may point to.

    ``domains`` are ``*`` or names, ``*.`` before a name for all below it.
    """

    user: str = _USER
    password: str = field(repr=False)
    prefixes: tuple[str, ...] = (_PREFIX,)
    domains: tuple[str, ...] = ("*",)


@dataclass(frozen=True, kw_only=True)
class DataCitePractice:
    """A practice DataCite.

    Parameters
    ----------
    domains
        Hosts that a DOI may point to.
    xsd_folder
        DataCite's official XSD (``metadata.xsd``), used beside our own rules; by
        default the one of the settings.
    strict_schema_version
        False skips validation for unknown schema versions, as the real DataCite does.
    """

    mount: str = "datacite"
    domains: tuple[str, ...] = ("*",)
    xsd_folder: Path | None = None
    strict_schema_version: bool = True

    def open(self, place: Place) -> Archive:
        """Return it ready to answer."""
        from fair_imagic.sandbox.datacite.service import DataCite

        account = Account(
            password=place.secret("password"),
            # an account keeps the prefixes that it had
            prefixes=tuple(dict.fromkeys((place.text("doi_prefix", _PREFIX), _PREFIX))),
            domains=self.domains,
        )
        xsd = place.text("xsd", "")
        store = Store(place.folder / f"{self.mount}.sqlite")
        service = DataCite(
            store,
            account=account,
            xsd_folder=self.xsd_folder or (Path(xsd) if xsd else None),
            strict_schema_version=self.strict_schema_version,
        )
        return Archive(
            service=service,
            settings=lambda url: {
                "url": url,
                "user": account.user,
                "password": account.password,
                "doi_prefix": account.prefixes[0],
            },
            close=store.close,
        )


PRACTICE = DataCitePractice()

"""The practice account at BioStudies, and the archive that it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.sandbox.practice import Archive
from fair_imagic.sandbox.store import Store

if TYPE_CHECKING:
    from fair_imagic.sandbox.practice import Place

__all__ = ["PRACTICE", "Account", "BioStudiesPractice"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who may use it, and the collections that submissions may be attached to.

    DOIs that a study asks for begin with ``doi_prefix``.
    """

    user: str = "practice@fair-imagic.example.org"
    password: str = field(repr=False)
    collections: tuple[str, ...] = ("BioImages",)
    doi_prefix: str = "10.99999"


@dataclass(frozen=True)
class BioStudiesPractice:
    """A practice BioStudies."""

    mount: str = "biostudies"

    def open(self, place: Place) -> Archive:
        """Return it ready to answer."""
        from fair_imagic.sandbox.biostudies.service import BioStudies

        account = Account(password=place.secret("password"))
        store = Store(place.folder / f"{self.mount}.sqlite")
        return Archive(
            service=BioStudies(
                store, account=account, folder=place.folder / self.mount
            ),
            settings=lambda url: {
                "url": url,
                "user": account.user,
                "password": account.password,
            },
            close=store.close,
        )


PRACTICE = BioStudiesPractice()

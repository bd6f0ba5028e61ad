"""The practice deposit account, and the archive that it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.sandbox.practice import Archive
from fair_imagic.sandbox.store import Store

if TYPE_CHECKING:
    from fair_imagic.sandbox.practice import Place

__all__ = ["PRACTICE", "Account", "SwordPractice"]

_COLLECTION = "imagic"
_PROVIDER_URL = "https://fair-imagic.example.org/software/"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who may use it: the collection, and the start of the origins it may create."""

    user: str = "practice-imagic"
    password: str = field(repr=False)
    collection: str = _COLLECTION
    provider_url: str = _PROVIDER_URL


@dataclass(frozen=True)
class SwordPractice:
    """A practice deposit server."""

    mount: str = "swh"

    def open(self, place: Place) -> Archive:
        """Return it ready to answer."""
        from fair_imagic.sandbox.sword.service import Sword

        account = Account(
            password=place.secret("password"),
            collection=place.text("collection", _COLLECTION),
            provider_url=place.text("provider_url", _PROVIDER_URL),
        )
        store = Store(place.folder / f"{self.mount}.sqlite")
        return Archive(
            service=Sword(store, account=account, folder=place.folder / self.mount),
            settings=lambda url: {
                "url": f"{url}/1",
                "user": account.user,
                "password": account.password,
                "collection": account.collection,
                "provider_url": account.provider_url,
            },
            close=store.close,
        )


PRACTICE = SwordPractice()

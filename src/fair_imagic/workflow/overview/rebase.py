"""Rebase: the records of a data folder go by another base from now on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import config
from fair_imagic.catalogue import folder_names, open_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.model.bases import Bases

__all__ = ["Rebased", "run"]


@dataclass(frozen=True)
class Rebased:
    """What a rebase came to: the base before, that of now, and how many go by it.

    ``to_set`` tells that the settings still name another base.
    """

    before: str
    after: str
    records: int
    to_set: bool


def run(
    home: Path | None,
    new: str,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Rebased:
    """Put another base into force, or only say what that would do.

    The settings may name the old base or the new one. Identifiers that archives gave,
    and the addresses of landing pages, are made of neither. Raises what
    :func:`fair_imagic.catalogue.folder_names.rebase` raises.
    """
    settings = config.load(home)
    with open_catalogue(settings, write=not dry_run, tell=tell) as catalogue:
        step = folder_names.rebased if dry_run else folder_names.rebase
        bases: Bases = step(catalogue.database, settings, new)
        return Rebased(
            before=bases.history[-2],
            after=bases.outer,
            records=len(catalogue.records_under(bases.inner)),
            to_set=settings.base_iri not in (bases.outer, folder_names.DEFAULT_BASE),
        )

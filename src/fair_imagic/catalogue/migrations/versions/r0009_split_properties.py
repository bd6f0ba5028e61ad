"""Two properties of NBO-Q have names of their own, in what was written before too."""

from __future__ import annotations

from alembic import op

from fair_imagic.i18n import _

revision = "0009"
down_revision = "0008"


def title() -> str:
    """Return what the step does."""
    return _("Opening of a pinhole and dye of a channel have names of their own")


def upgrade() -> None:
    """Rewrite the changes that have the old names; the tables stay as they are."""
    # imported here: whoever only asks for the titles needs none of the catalogue
    from fair_imagic.catalogue.split_properties import split_properties

    split_properties(op.get_bind())

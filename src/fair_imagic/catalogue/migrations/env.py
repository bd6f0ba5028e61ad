"""What Alembic runs: the steps that are due, over the connection it is given.

The caller began the transaction, and ends it: all steps, or none.
"""

from __future__ import annotations

from alembic import context

from fair_imagic.catalogue.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""The pages and addresses of the service, one blueprint for each concern."""

from fair_imagic_web.blueprints import (
    admin,
    api,
    auth,
    catalogue,
    check,
    correction_sheet,
    corrections,
    describe,
    dmp,
    identifiers,
    instruments,
    landing,
    process,
    publish,
    questions,
    reports,
    selection,
    sharing,
    sparql,
    tags,
)

__all__ = ["BLUEPRINTS"]

BLUEPRINTS = (
    catalogue.blueprint,
    selection.blueprint,
    instruments.blueprint,
    check.blueprint,
    corrections.blueprint,
    correction_sheet.blueprint,
    tags.blueprint,
    describe.blueprint,
    questions.blueprint,
    reports.blueprint,
    sharing.blueprint,
    publish.blueprint,
    process.blueprint,
    dmp.blueprint,
    sparql.blueprint,
    api.blueprint,
    auth.blueprint,
    admin.blueprint,
    landing.blueprint,
    identifiers.blueprint,
)

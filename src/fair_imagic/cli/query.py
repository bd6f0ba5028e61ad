"""``fair-imagic query``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fair_imagic.cli.console import opened, show_table
from fair_imagic.i18n import _, current_language

if TYPE_CHECKING:
    from fair_imagic.catalogue import Answer
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["command"]


@click.command(
    name="query",
    help=_(
        "Ask the catalogue in SPARQL. Without a query, the named ones are listed.\n\n"
        "Example: fair-imagic query 'SELECT ?image ?title WHERE { ?image a fi:Image ; "
        "dcterms:title ?title }'"
    ),
)
@click.argument("text", required=False, metavar="QUERY")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("File with the query."),
)
@click.option("--name", help=_("Name of a query that comes with the program."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
    help=_("Form of the result."),
)
@click.pass_context
def command(
    context: click.Context,
    text: str | None,
    path: Path | None,
    name: str | None,
    form: str,
) -> None:
    """Query, or list the named queries."""
    from fair_imagic.workflow.overview import query

    with opened(context) as workspace:
        if text is None and path is None and name is None:
            language = current_language()
            rows = [
                (one.name, one.title[language])
                for one in workspace.catalogue.named_queries().values()
            ]
            show_table((_("Name"), _("Question")), rows)
            return
        if path is not None:
            text = path.read_text(encoding="utf-8")
        with query.ask(workspace, text, name=name) as answer:
            _show(workspace, answer, form)
            notice = query.cut_notice(workspace, answer)
    if notice:
        click.secho(notice, fg="yellow", err=True)


def _show(workspace: Workspace, answer: Answer, form: str) -> None:
    from fair_imagic.rdf import curie, is_iri, text_of
    from fair_imagic.workflow.overview import query_text

    is_table = not answer.head.are_statements and answer.head.boolean is None
    if form == "table" and is_table:
        rows = (
            [
                "" if t is None else curie(text_of(t)) if is_iri(t) else text_of(t)
                for t in row
            ]
            for row in answer
        )
        show_table(answer.head.variables, rows)
        return
    wanted = query_text.form_of(answer, "csv" if form == "table" else form)
    for piece in query_text.text_pieces(workspace, answer, wanted):
        click.echo(piece, nl=False)

"""Erasure of people: who may be, what goes and what stays; and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import accounts, actors, aliases, erasure
from fair_imagic.catalogue.disk import give_back
from fair_imagic.catalogue.erasure import Erasure, erasures
from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.model import Person
from fair_imagic.publish.registry import title_of
from fair_imagic.publish.state import State
from fair_imagic.publish.states import all_deliveries
from fair_imagic.rdf import expand, literal, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.person_names import find, the_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection

    from fair_imagic.workflow.base.person_names import Hit
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int], None]

__all__ = ["Erasure", "ErasurePlan", "erase", "erased_people", "plan"]

_MIN_REASON_LENGTH = 10
_AFFILIATION = expand("schema:affiliation")
_NOT_SENT = (State.DRAFT, State.BLOCKED, State.READY, State.STALE)


@dataclass(frozen=True, kw_only=True)
class ErasurePlan:
    """What erasing somebody means.

    ``person`` is None for somebody who is known by what they did alone; ``authors`` are
    the names of theirs under which changes were made. ``refusals`` say why it cannot be
    done. ``mentions`` are records with a text that has the name: they stay as they are.
    """

    person: Hit | None = None
    authors: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


def plan(workspace: Workspace, text: str) -> ErasurePlan:
    """Return what erasing a person, or the name of who made changes, would mean.

    Raises NotFoundError for nobody, and InputError for a name of several people.
    """
    with workspace.catalogue.database.reading() as connection:
        names = tuple(actors.names(connection).values())
    if not find(workspace, text) and text in names:
        closed = tuple(_open_accounts(workspace, (text,)))
        return ErasurePlan(authors=(text,), refusals=closed)
    person = the_person(workspace, text)
    known = {one.casefold() for one in (person.name, person.email) if one}
    authors = tuple(one for one in names if one.casefold() in known)
    return ErasurePlan(
        person=person,
        authors=authors,
        refusals=(
            *_open_accounts(workspace, authors),
            *_publications(workspace, person),
            *_open_texts(workspace, person),
        ),
        named_by=tuple(_named_by(workspace, person)),
        mentions=tuple(_mentions(workspace, person)),
    )


def erase(
    workspace: Workspace,
    text: str,
    *,
    reason: str,
    author: str,
    progress: Progress | None = None,
) -> ErasurePlan:
    """Destroy what is said of a person, make the indexes anew, and overwrite the rest.

    For somebody who is erased already the last two are done again. Raises what
    :func:`plan` raises, ConflictError where it is refused, and InputError for a reason
    that is none or tells who it was.
    """
    if workspace.mint("person", text) in erased_people(workspace):
        _overwrite(workspace, text, progress)
        return ErasurePlan()
    wanted = plan(workspace, text)
    if wanted.refusals:
        raise ConflictError(
            _("This person cannot be erased"),
            where=wanted.person.words if wanted.person else text,
            found="; ".join(wanted.refusals),
        )
    _destroy(workspace, wanted, _reason(reason, wanted), author)
    _overwrite(workspace, wanted.person.id if wanted.person else text, progress)
    return wanted


def _destroy(
    workspace: Workspace, wanted: ErasurePlan, reason: str, author: str
) -> None:
    if author in wanted.authors:
        author = _("somebody erased")
    catalogue = workspace.catalogue
    source = person_source(workspace, author)
    with catalogue.database.transaction() as connection:
        catalogue.database.one_writer(connection)
        if wanted.person is not None:
            edits = Edits(catalogue, source)
            if _has_affiliation(workspace, wanted.person):
                edits.remove(wanted.person.record, _AFFILIATION)
            edits.append(author, "person erased", within=connection)
            erasure.destroy(
                connection, wanted.person.record, reason=reason, author=author
            )
        _forget(connection, wanted.authors)
    for name in wanted.authors:
        accounts.remove(catalogue.database, name)


def _overwrite(workspace: Workspace, text: str, progress: Progress | None) -> None:
    catalogue = workspace.catalogue
    catalogue.rebuild(progress)
    # what a database server keeps of deleted rows is its administrator's to clear
    if workspace.settings.journal_url:
        return
    if not give_back(catalogue.database, always=True):
        raise ConflictError(
            _("The person is erased, but traces may be left in free parts of the file"),
            where=catalogue.database.place,
            hint=_("Stop all services, then erase {name} again.").format(name=text),
        )


def erased_people(workspace: Workspace) -> dict[str, Erasure]:
    """Return who was erased when and why, by record."""
    return erasures(workspace.catalogue.database)


def _forget(connection: Connection, names: Iterable[str]) -> None:
    ids = [key for key, name in actors.names(connection).items() if name in {*names}]
    actors.forget(connection, ids)


def _reason(text: str, wanted: ErasurePlan) -> str:
    clean = " ".join(text.split())
    if len(clean) < _MIN_REASON_LENGTH:
        raise InputError(
            _("An erasure needs a written reason"),
            expected=_("at least {count} characters").format(count=_MIN_REASON_LENGTH),
            found=clean,
        )
    one = wanted.person
    telling = {*wanted.authors}
    if one is not None:
        telling |= {one.name, one.family_name, one.email, one.orcid, one.id}
    if any(part.casefold() in clean.casefold() for part in telling if part):
        raise InputError(
            _("The reason tells who it was, and it stays"),
            found=clean,
            hint=_("Write it without name, address and short name."),
        )
    return clean


def _has_affiliation(workspace: Workspace, person: Hit) -> bool:
    said = workspace.catalogue.effective(person.record)
    return any(path == f"<{_AFFILIATION}>" for _subject, path, _value in said)


def _open_accounts(workspace: Workspace, names: Iterable[str]) -> Iterator[str]:
    """Yield why names under which somebody may log in stay."""
    for name in names:
        account = accounts.find(workspace.catalogue.database, name)
        if account is not None and account.active:
            yield _("the account {name} is open: close it first").format(name=name)


def _publications(workspace: Workspace, person: Hit) -> Iterator[str]:
    """Yield what is published, or on its way, and names the person."""
    catalogue = workspace.catalogue
    for one in all_deliveries(catalogue.database):
        if not one.snapshot_hash or (not one.published and one.state in _NOT_SENT):
            continue
        sent = catalogue.load_snapshot(one.snapshot_hash)
        people = sent.graph.subjects_of(Person.class_iri)
        if person.record in (aliases.current(catalogue.database, p) for p in people):
            sentence = (
                _("{subject} names them, and went to {target} on {day}, for practice")
                if one.practice
                else _("{subject} names them, and went to {target} on {day}")
            )
            yield sentence.format(
                subject=name_of(one.subject),
                target=title_of(one.target),
                day=(one.published or one.modified)[:10],
            )
    with catalogue.database.reading() as connection:
        if erasure.is_public(connection, person.record):
            yield _("what is public now names them")


def _open_texts(workspace: Workspace, person: Hit) -> Iterator[str]:
    """Yield what an older program kept of a person where it cannot be destroyed."""
    catalogue = workspace.catalogue
    with catalogue.database.reading() as connection:
        if not erasure.is_sealed(connection, person.record):
            yield _(
                "an older version wrote the name into the journal: "
                "run `fair-imagic upgrade --to FOLDER` first"
            )
        whole = erasure.whole_snapshots(connection)
    for snapshot_hash in whole:
        kept = catalogue.load_snapshot(snapshot_hash)
        if not kept.sheets and literal(person.name) in kept.to_nquads():
            yield _(
                "the version of {subject} that was checked on {day} is kept as an "
                "older version of the program wrote it, and has the name"
            ).format(subject=name_of(kept.root), day=(kept.taken_at or "")[:10])


def _named_by(workspace: Workspace, person: Hit) -> Iterator[str]:
    """Yield the names of the records that link to a person."""
    question = f"SELECT DISTINCT ?record {{ ?record ?path <{person.record}> }}"
    for (record,) in workspace.catalogue.rows(question):
        if record is not None:
            yield label_of(workspace, text_of(record))


def _mentions(workspace: Workspace, person: Hit) -> Iterator[str]:
    """Yield the names of other records that have the name in a text."""
    wanted = person.family_name or person.name
    question = (
        "SELECT DISTINCT ?record { ?record ?path ?text "
        f"FILTER(isLiteral(?text) && CONTAINS(LCASE(STR(?text)), "
        f"LCASE({literal(wanted)}))) FILTER(?record != <{person.record}>) }}"
    )
    for (record,) in workspace.catalogue.rows(question):
        if record is not None:
            yield label_of(workspace, text_of(record))

"""What an account below the facility may see and change: the one place that decides."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fair_imagic.catalogue import teams as store
from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.i18n import _, ngettext
from fair_imagic.model import slug
from fair_imagic.rdf import PREFIXES, iri, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from fair_imagic.catalogue import Change
    from fair_imagic.catalogue.teams import Rights
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FACILITY_KINDS", "AccountSight"]

# Kinds that belong to a team by name: the others by what they are linked to.
_OWN = frozenset({"collection", "plan", "set"})
# Whose it is that a new record is: that of who makes it.
_OWNED_WHEN_MADE = _OWN | {"organisation", "sample"}
_IN_ROOT = (
    "{{ {thing} dcterms:isPartOf ?root }} UNION {{ ?root dcterms:hasPart {thing} }}"
)
# What was made of images and put nowhere is seen with them.
_BY_SOURCE = (
    "{{ {thing} prov:wasDerivedFrom ?source . "
    "{{ ?source dcterms:isPartOf ?root }} UNION {{ ?root dcterms:hasPart ?source }} "
    "FILTER NOT EXISTS {{ {thing} dcterms:isPartOf ?in }} "
    "FILTER NOT EXISTS {{ ?of dcterms:hasPart|fi:result {thing} }} }}"
)


def _of(image: str) -> str:
    """Return the pattern from an image to the sets and collections it is seen by."""
    named, made = _IN_ROOT.format(thing=image), _BY_SOURCE.format(thing=image)
    return f"{{ {named} UNION {made} }}"


# From a thing to the sets, collections and plans by which it is seen. A run is seen by
# what it made, as who owns one of its images only learns nothing of it; a plan by name
# alone, as it tells of the sets of many.
_WAYS = {
    "fileset": f"?image fi:fileset ?it . {_of('?image')}",
    "image": _of("?it"),
    "output": "{ ?it dcterms:isPartOf ?root } UNION { ?root fi:fulfils ?it }",
    "publication": "?it fi:publishes ?root",
    "result": f"{{ ?root fi:result ?it }} UNION {_BY_SOURCE.format(thing='?it')}",
    "run": f"?out prov:wasGeneratedBy ?it . {{ {_of('?out')} UNION "
    "{ ?root fi:result ?out } }",
    "sample": f"?image fi:sample ?it . {_of('?image')}",
}
_GUARDED = frozenset(_WAYS) | _OWN
# What the staff keeps, whoever is concerned by it.
FACILITY_KINDS = frozenset({"instrument", "instrument-version", "quality-run"})
_NEVER_MADE = FACILITY_KINDS | {"override"}
# Made by anybody where they are missing; then they are the facility's, or the team's.
_SHARED = frozenset({"organisation", "software"})
_PREFIXES = " ".join(
    f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("dcterms", "fi", "prov")
)
_FEW = 300
_WAIT_S = 2
# The scripts that are sent with a set: shared by all, so nobody asks who sees them.
_SCRIPTS = {"software": "?root fi:software ?it"}
_PARTS = iri("dcterms:hasPart")
_IN = iri("dcterms:isPartOf")
_PUBLISHES = iri("fi:publishes")


class AccountSight:
    """The view of one account, of whom the teams and invitations are read once."""

    def __init__(self, whole: Workspace, account: str, *, team: str = "") -> None:
        self._whole = whole
        self._base = whole.settings.base_iri
        self.rights: Rights = store.rights_of(whole.catalogue.database, account)
        # new records belong to it: the one that was chosen, where there are several
        self.team = (
            team if team in self.rights.teams else min(self.rights.teams, default="")
        )
        self._seen: dict[str, bool] = {}

    @property
    def teams(self) -> frozenset[str]:
        """The teams of this account."""
        return self.rights.teams

    # ------------------------------------------------------------------ seeing

    def seen(self, records: Collection[str]) -> frozenset[str]:
        """Return those of these IRIs that may be seen; what is no record is."""
        asked: dict[str, list[str]] = {}
        for one in records:
            kind = self._kind(one)
            if kind in _GUARDED and self._record(one) not in self._seen:
                asked.setdefault(kind, []).append(self._record(one))
        for kind, unknown in asked.items():
            found = self._seen_of_kind(kind, unknown)
            self._seen |= {one: one in found for one in unknown}
        return frozenset(
            one
            for one in records
            if self._kind(one) not in _GUARDED or self._seen[self._record(one)]
        )

    def _seen_of_kind(self, kind: str, records: Sequence[str]) -> set[str]:
        found = {one for one in records if one in self.rights.seen}
        if kind in _WAYS:
            rest = [one for one in records if one not in found]
            for record, roots in self._roots(kind, rest, self.rights.seen).items():
                if roots & self.rights.seen:
                    found.add(record)
        return found

    def _kind(self, record: str) -> str:
        if not record.startswith(self._base):
            return ""
        return record[len(self._base) :].partition("/")[0]

    def _record(self, thing: str) -> str:
        return thing.partition("#")[0]

    def _roots(
        self, kind: str, records: Sequence[str], among: Collection[str]
    ) -> dict[str, set[str]]:
        """Return the sets, collections and plans of records, ``among`` some of many."""
        found: dict[str, set[str]] = {one: set() for one in records}
        if not records:
            return found
        few = len(records) <= _FEW
        name, values = ("?it", records) if few else ("?root", sorted(among))
        listed = " ".join(map(iri, values))
        query = (
            f"{_PREFIXES} SELECT DISTINCT ?it ?root WHERE "
            f"{{ VALUES {name} {{ {listed} }} {(_WAYS | _SCRIPTS)[kind]} }}"
        )
        catalogue = self._whole.catalogue
        with contextlib.suppress(ConflictError):
            catalogue.wait_projected(catalogue.last_number(), timeout_s=_WAIT_S)
        for it, root in catalogue.rows(query):
            if it is not None and root is not None and text_of(it) in found:
                found[text_of(it)].add(text_of(root))
        return found

    # ---------------------------------------------------------------- changing

    def editable(self, records: Collection[str]) -> frozenset[str]:
        """Return those of these records that may be changed, new ones among them."""
        return frozenset(one for one in records if self._may_edit(self._record(one)))

    def _may_edit(self, record: str) -> bool:
        kind = self._kind(record)
        if record in self.rights.edited:
            return True
        if not self._whole.catalogue.exists(record):
            return kind not in _NEVER_MADE
        if kind in FACILITY_KINDS or kind in _OWN or kind in _SHARED:
            return False
        if kind == "sample":
            return self._is_only_ours(record)
        if kind == "publication":
            return self._may_edit_publication(record)
        if kind in _WAYS:
            roots = self._roots(kind, [record], self.rights.edited)[record]
            if kind == "output":
                roots = {one for one in roots if self._kind(one) == "plan"}
            return bool(roots & self.rights.edited)
        return kind != "override"

    def _may_edit_publication(self, publication: str) -> bool:
        """Return whether a publication is of a set that may be changed, or its scripts.

        It is kept in one transaction with what the archive said: the index, that does
        not follow within one, is asked for no more than the set of the scripts.
        """
        said = self._whole.catalogue.effective(publication)
        of = {text_of(o) for _s, p, o in said if p == _PUBLISHES}
        scripts = sorted(one for one in of if self._kind(one) == "software")
        sets = self._roots("software", scripts, self.rights.edited).values()
        return bool(of.union(*sets) & self.rights.edited)

    def _is_only_ours(self, sample: str) -> bool:
        """Return whether no other team's images are of a sample that is nobody's."""
        if store.team_of(self._whole.catalogue.database, sample) is not None:
            return False
        query = f"{_PREFIXES} SELECT ?image WHERE {{ ?image fi:sample {iri(sample)} }}"
        rows = list(self._whole.catalogue.rows(query))
        images = [text_of(row[0]) for row in rows if row[0] is not None]
        return bool(images) and len(self.editable(images)) == len(images)

    def judge(self, changes: Sequence[Change]) -> frozenset[str]:
        """Return the records that changes make.

        Raises :class:`~fair_imagic.errors.InputError` where one of them is not this
        account's to make.
        """
        self.refuse_records([change.record for change in changes])
        every = {change.record for change in changes}
        exists = self._whole.catalogue.exists
        made = frozenset(record for record in every if not exists(record))
        if not self.team and any(self._kind(one) in _OWN for one in made):
            raise InputError(
                _("Your account is in no team, so nothing can be made for one"),
                hint=_("Ask an administrator of the service to put you into a team."),
            )
        for change in changes:
            self._refuse_links(change, every)
        return made

    def _refuse_links(self, change: Change, made: set[str]) -> None:
        """Refuse a link to what is hidden, and the taking of what is another team's."""
        links = [
            (p, self._record(text_of(o))) for _s, p, o in change.added if is_iri(o)
        ]
        others = {one for _p, one in links if one not in made}
        hidden = sorted(others - self.seen(others))
        if hidden:
            raise NotFoundError(_("There is no such record"), found=hidden[0])
        joined = {o for p, o in links if o in others and self._joins(change.record, p)}
        foreign = joined - self.editable(joined)
        if foreign:
            raise InputError(
                _("Images of another team cannot be put into your sets"),
                found=ngettext("{count} image", "{count} images", len(foreign)).format(
                    count=len(foreign)
                ),
                hint=_("Ask that team to invite you to change their collection."),
            )

    def _joins(self, record: str, predicate: str) -> bool:
        kind = self._kind(record)
        return (kind == "set" and predicate == _PARTS) or (
            kind == "image" and predicate == _IN
        )

    def refuse_records(self, records: Collection[str]) -> None:
        """Raise where one of these records is not this account's to change."""
        denied = sorted(set(records) - self.editable(records))
        if not denied:
            return
        if self._kind(denied[0]) in FACILITY_KINDS | _SHARED:
            raise InputError(
                _("This is kept by the staff of the facility: ask them to change it"),
                found=self._called(denied),
            )
        raise InputError(
            _("This belongs to another team: ask it to invite you to change it"),
            found=self._called(denied),
        )

    def _called(self, records: Iterable[str]) -> str:
        from fair_imagic.workflow.base.label import label_of

        seen = self.seen(list(records))
        return ", ".join(label_of(self._whole, one) for one in sorted(seen)[:3])

    # ------------------------------------------------------------------ making

    def keep(self, connection: Connection, made: Collection[str]) -> None:
        """Let new records belong to the team of who made them."""
        own = [one for one in made if self._kind(one) in _OWNED_WHEN_MADE]
        if own and self.team:
            store.assign(connection, own, self.team)
            self.rights = self.rights.with_own(own)
            self._seen |= dict.fromkeys(own, True)

    def own_name(self, plain: str) -> str:
        """Return the IRI of a record of one's own, where a plain one is not seen."""
        return f"{plain}-{slug(self.team)}" if self.team else plain

"""A kind of document, and what one document of it says in the model's terms."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any

from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fair_imagic.documents.content import Content
    from fair_imagic.gaps import Gap
    from fair_imagic.rdf import Term, Triple

__all__ = ["Kind", "Place", "Question", "Reading"]

#: What a place belongs to: the node alone, or the node, a property and its value.
Place = tuple[str, str, str]
#: Whose requirements may ask about a property: their token, and the property's IRI.
Question = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one document says.

    Parameters
    ----------
    name
        What people call the document: its path, or the name that was given with it.
    root
        IRI of what it describes.
    label
        What people call that: a title, or the end of the document's name.
    triples
        Its statements in the model's terms.
    places
        Where each statement and each node stands, in words.
    questions
        The properties that the requirements of this kind may ask about: a document is
        not blamed for what its format has no place for, and what its own rules ask is
        not asked twice. None asks everything.
    form
        The document as the rules about its format look at it; each format says what.
    where
        Gives the place in words for a place that such a rule names.
    remarks
        Told beside the report, in the language in use.
    gap_codes
        Codes of the known gaps that this very document touches.
    """

    name: str
    root: str
    triples: Sequence[Triple]
    label: str = ""
    places: Mapping[Place, str] = field(default_factory=dict)
    questions: frozenset[Question] | None = None
    form: Any = None
    where: Callable[[str], str] = str
    remarks: tuple[str, ...] = ()
    gap_codes: tuple[str, ...] = ()

    def origin(self, focus: str, path: str, value: Term | None) -> str | None:
        """Return the place of a value, or of the node where the value is missing."""
        exact = self.places.get((focus, expand(path), value or ""))
        return exact or self.places.get((focus, "", ""))


@dataclass(frozen=True)
class Kind:
    """One kind of document, registered in the entry points ``fair_imagic.documents``.

    Parameters
    ----------
    token
        Its stable name, the same as in the entry point.
    title
        Gives its name in the language in use.
    recognise
        Says whether a content is of this kind.
    read
        Gives what it says; raises :class:`~fair_imagic.errors.InputError` where it
        cannot be read.
    profiles
        The requirements that fit it; none: those about what it describes.
    rules
        Where the rules about its format are, ``module:function``, with whoever owns
        them: a function from a :class:`Reading` to findings. Empty: it has none.
    order
        Kinds are asked in this order whether a content is theirs: 50 where nothing
        else is to be thought of, more for a kind that would take others' too.
    inside
        Paths of a file that stands for a whole folder of this kind, best first.
    gaps
        What of the format is neither read nor judged.
    """

    token: str
    _: KW_ONLY
    title: Callable[[], str]
    recognise: Callable[[Content], bool]
    read: Callable[[Content], Reading]
    profiles: tuple[str, ...] = ()
    rules: str = ""
    order: int = 50
    inside: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def gap(self, code: str) -> Gap:
        """Return one of the known gaps; KeyError where the kind has not that code."""
        return {one.code: one for one in self.gaps}[code]

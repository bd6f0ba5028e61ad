"""What comes of a text that somebody typed: a reading, a question, or a refusal."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.entry.character import visible
from fair_imagic.entry.new_name import NewName, UnknownNameError
from fair_imagic.errors import InputError
from fair_imagic.i18n import both, current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.rdf import Term, Triple

__all__ = ["Option", "Reading", "Refusal", "example", "joined", "where_made"]

_MOST_SHOWN = 8
_LONGEST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing that may be meant: what to write for it, and what it is called.

    Where it can be written ``by_name``, the name alone is shown.
    """

    text: str
    label: Mapping[str, str] = field(default_factory=dict)
    by_name: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label.get(current_language(), "") or self.text

    @property
    def shown(self) -> str:
        """What to write, with its name where that is another."""
        name = self.label.get(current_language(), "")
        if name and self.by_name:
            return name
        same = not name or name.casefold() == self.text.casefold()
        return self.text if same else f"{self.text} ({name})"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text says: (predicate IRI, term) pairs.

    What is not ``certain`` is a proposal: the person has to confirm it, or to write one
    of the ``options``. ``note`` says, by language, what was understood; it is empty
    where that is simply what was written.

    ``new`` are names that no record has yet, without a term of their own; it is
    ``ambiguous`` where something else is a question. ``others`` is what is said with
    the value of other things: of the records made for such names. A reading without
    ``terms`` leaves the field without a value; ``because`` is why, for the history.
    """

    terms: tuple[tuple[str, Term], ...]
    certain: bool = True
    note: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    text: str = ""
    new: tuple[NewName, ...] = ()
    ambiguous: bool = False
    others: tuple[Triple, ...] = ()
    because: str = ""

    def sure(self, *, where: str = "") -> Reading:
        """Return this reading where it is certain; else raise the question.

        For doors that cannot ask: the message names how to write each meaning.
        """
        if not self.certain:
            raise self.question().error(where=where)
        return self

    def question(self) -> Refusal:
        """Return the question that a reading is which is not certain."""
        if self.new:
            first = self.new[0]
            return Refusal(
                message=both("No record is called {name}", name=first.words[:60]),
                found=self.text,
                choices=self.options,
                hint=where_made(first),
                new=self.new,
            )
        return Refusal(
            message=both("This can be understood in more than one way"),
            found=self.text,
            choices=self.options,
            hint=both("Write it as one of these."),
        )


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a text cannot be a value here, by language, and what can.

    ``choices`` begin with what is nearest to the text. ``hint`` is the next step.
    """

    message: Mapping[str, str]
    expected: Mapping[str, str] = field(default_factory=dict)
    found: str = ""
    choices: tuple[Option, ...] = ()
    hint: Mapping[str, str] = field(default_factory=dict)
    new: tuple[NewName, ...] = ()

    def sure(self, *, where: str = "") -> Reading:
        """Raise the refusal as an error."""
        raise self.error(where=where)

    def error(self, *, where: str = "") -> InputError:
        """Return the refusal as an error, in the language in use."""
        language = current_language()
        told = {
            "where": where,
            "expected": self.expected.get(language, "") or _listed(self.choices),
            "found": visible(self.found[:_LONGEST_SHOWN]),
            "hint": self.hint.get(language, ""),
        }
        if self.new:
            return UnknownNameError(self.message[language], names=self.new, **told)
        return InputError(self.message[language], **told)


def where_made(name: NewName) -> dict[str, str]:
    """Return which command makes a record of a name, for doors that make none."""
    quoted = shlex.quote(name.name or "…")
    if name.kind == "Person":
        command = f"fair-imagic person add {quoted}"
        if name.identifier:
            option = "--email" if "@" in name.identifier else "--orcid"
            command = f"{command} {option} {name.identifier}"
        return both("Add a person with: {command}", command=command)
    path = {"Sample": "image.sample", "Organisation": "publisher"}[name.kind]
    said = shlex.quote(f"{path}={name.confirmation}")
    command = f"fair-imagic repair SET --set {said}"
    return both("A new one is made with: {command}", command=command)


def _listed(choices: Sequence[Option]) -> str:
    more = ", …" if len(choices) > _MOST_SHOWN else ""
    return ", ".join(one.shown for one in choices[:_MOST_SHOWN]) + more


def joined(notes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return notes as one, by language."""
    told = [note for note in notes if note]
    languages = dict.fromkeys(language for note in told for language in note)
    return {
        language: "; ".join(dict.fromkeys(note[language] for note in told))
        for language in languages
    }


def example(text: str) -> dict[str, str]:
    """Return what is expected, shown by an example."""
    return both("for example {example}", example=text)

"""What a rule expects, in words that the person who corrects can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_of_value, name_of_word
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.sign import unit_sign
from fair_imagic.entry.thing import field_name, thing_name
from fair_imagic.i18n import LANGUAGES, _, current_language, ngettext, use_language
from fair_imagic.model import ANSWERS, class_named, class_names, slot_for
from fair_imagic.rdf import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.checks.constraint import Constraint
    from fair_imagic.checks.rule import Rule
    from fair_imagic.model import Slot

__all__ = ["expectation_words"]

_ANSWER_IRIS = frozenset(expand(answer) for answer in ANSWERS)
_MOST_NAMED = 8


def expectation_words(rule: Rule, classes: Iterable[str] = ()) -> Mapping[str, str]:
    """Return what would pass, in every language.

    The shape's own words (``fi:expected``) go first; else they are made of its
    constraints, with the unit that the model has for the field of one of ``classes``;
    a rule that is a test or a query is told by its message.
    """
    if any(rule.expected.values()):
        return rule.expected
    slot = _slot(rule.path, classes)
    words = {}
    for language in LANGUAGES:
        with use_language(language):
            said = _test_words(rule.test) or _joined(rule.constraints, slot=slot)
        words[language] = said or rule.message[language]
    return words


def _test_words(test: str) -> str:
    """Return what a test of values lets pass; empty where the rule's text says it."""
    words = {
        "no-control-characters": _("only characters that can be seen"),
        "no-placeholder": _("a real text, not a stand-in such as TBD or n/a"),
        "orcid-check-digit": _("an ORCID as its owner’s page shows it"),
        "ror-check-digits": _("a ROR as the registry shows it"),
        "spdx-licence": _("a licence of the SPDX list, as CC-BY-4.0"),
    }
    return words.get(test, "")


def _slot(path: str, classes: Iterable[str]) -> Slot | None:
    found = (slot_for(name, path) for name in classes) if path else ()
    return next(filter(None, found), None)


def _joined(constraints: Iterable[Constraint], *, slot: Slot | None = None) -> str:
    held = tuple(constraints)
    by_kind = {one.kind: one.values[0] for one in held if one.values}
    unit = unit_sign(slot.unit) if slot is not None and slot.unit else ""
    counts = [*_counts(by_kind)]
    pieces = [*_kinds(by_kind, unit=unit), *_limits(by_kind, unit)]
    for one in held:
        pieces.extend(_piece(one))
    if counts and slot is not None and not any(pieces) and by_kind != {"maxCount": "0"}:
        pieces = [_slot_words(slot, unit)]
    return ", ".join(dict.fromkeys(filter(None, (*counts, *pieces))))


def _slot_words(slot: Slot, unit: str) -> str:
    """Return what the model says of a field, where the rule says only how many."""
    if slot.values:
        return _choice(name_of_value(slot, value) for value in slot.values)
    if slot.datatype is None:
        label = class_named(slot.range).label if slot.range in class_names() else {}
        kind = label.get(current_language(), "")
        return _("a link to: {kind}").format(kind=kind) if kind else ""
    text = _datatype_words(slot.datatype.rpartition("#")[2])
    return _("{kind} in {unit}").format(kind=text, unit=unit) if unit else text


def _counts(by_kind: Mapping[str, str]) -> Iterator[str]:
    least = int(by_kind.get("minCount", 0))
    most = int(by_kind["maxCount"]) if "maxCount" in by_kind else None
    if most == 0:
        yield _("no value")
    elif least and least == most:
        words = ngettext("exactly one value", "exactly {count} values", least)
        yield words.format(count=least)
    elif least:
        words = ngettext("at least one value", "at least {count} values", least)
        yield words.format(count=least)
    if most and most != least:
        words = ngettext("at most one value", "at most {count} values", most)
        yield words.format(count=most)


def _kinds(by_kind: Mapping[str, str], *, unit: str) -> Iterator[str]:
    datatype = by_kind.get("datatype", "").rpartition("#")[2]
    if datatype:
        text = _datatype_words(datatype)
        number = datatype in ("decimal", "integer", "nonNegativeInteger", "double")
        if unit and number:
            text = _("{kind} in {unit}").format(kind=text, unit=unit)
        yield text
    if by_kind.get("nodeKind", "").endswith("#IRI") and "class" not in by_kind:
        yield _("a link (https://...)")
    if by_kind.get("nodeKind", "").endswith("#Literal") and not datatype:
        yield _("a text")
    if "class" in by_kind:
        yield _("a link to: {kind}").format(kind=_name(by_kind["class"]))


def _datatype_words(name: str) -> str:
    words = {
        "string": _("a text"),
        "langString": _("a text"),
        "integer": _("a whole number"),
        "nonNegativeInteger": _("a whole number, 0 or more"),
        "positiveInteger": _("a whole number, 1 or more"),
        "decimal": _("a number"),
        "double": _("a number"),
        "boolean": _("yes or no"),
        "date": _("a date, as 2026-11-22"),
        "dateTime": _("a date and time, as 2026-11-22T22:00:00Z"),
        "gYear": _("a year, as 2026"),
        "anyURI": _("a link (https://...)"),
    }
    return words.get(name, name)


def _limits(by_kind: Mapping[str, str], unit: str) -> Iterator[str]:
    words = {
        "minInclusive": _("{number} or more"),
        "minExclusive": _("more than {number}"),
        "maxInclusive": _("{number} at most"),
        "maxExclusive": _("less than {number}"),
        "minLength": _("{number} characters or more"),
        "maxLength": _("{number} characters at most"),
    }
    for kind, text in words.items():
        # A most of no characters is a way to say "never"; the message says what.
        if kind in by_kind and (kind, by_kind[kind]) != ("maxLength", "0"):
            number = rounded(by_kind[kind])
            if unit and not kind.endswith("Length"):
                number = f"{number} {unit}"
            yield text.format(number=number)


def _piece(one: Constraint) -> Iterator[str]:
    if one.kind == "in":
        yield _choice(one.values)
    elif one.kind == "pattern":
        yield from filter(None, (_pattern_words(text) for text in one.values))
    elif one.kind == "hasValue":
        yield _choice(one.values)
    elif one.kind in ("or", "xone"):
        yield _alternatives(one.parts)
    elif one.kind in ("and", "node"):
        yield from (_joined(part) for part in one.parts)
    elif one.kind == "not":
        yield from (_without(part) for part in one.parts)


def _choice(values: Iterable[str]) -> str:
    """Return a list of values; the three answers without a value go unsaid."""
    named = [_name(value) for value in values if value not in _ANSWER_IRIS]
    if len(named) <= 1:
        return "".join(named)
    shown = [*named[:_MOST_NAMED], *(["…"] if len(named) > _MOST_NAMED else [])]
    return _("one of: {names}").format(names=", ".join(shown))


def _alternatives(parts: Iterable[tuple[Constraint, ...]]) -> str:
    told = [_alternative(part) for part in parts]
    # What has no field beside ones that have is about other records: an exception
    # that nobody can follow in a few words, and that the correction does not need.
    with_field = [one for one in told if one[0]]
    said = [_in_field(*one) for one in with_field or told if one[1]]
    return _(" or ").join(dict.fromkeys(said))


def _alternative(part: tuple[Constraint, ...]) -> tuple[str, str]:
    """Return the field of one alternative, empty where it has none, and what passes."""
    path = next((one.values[0] for one in part if one.kind == "path"), "")
    return (_field_name(path) if path else "", _joined(part))


def _in_field(field: str, words: str) -> str:
    if not field:
        return words
    return _("{field}: {words}").format(field=field, words=words)


def _without(part: tuple[Constraint, ...]) -> str:
    if any(one.kind == "in" for one in part):
        values = [v for one in part if one.kind == "in" for v in one.values]
        names = ", ".join(_name(value) for value in values)
        return _("other than: {names}").format(names=names)
    words = _joined(part)
    return _("not: {words}").format(words=words) if words else ""


def _pattern_words(pattern: str) -> str:
    """Return a pattern in words; empty for one that has no words here."""
    plain = pattern.replace(f"|^{PREFIXES['fi']}", "")
    words = {
        "\\S": _("not empty"),
        "^[a-z]{2,3}$": _("two or three small letters, as en or fr"),
        "^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$": _("a language code, as en or fr-FR"),
        "^[0-9a-f]{64}$": _("64 characters from 0 to 9 and a to f"),
        "^([0-9]{4}-){3}[0-9]{3}[0-9X]$": _("as 0000-0002-1825-0097"),
        "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$": _("as 0000-0002-1825-0097"),
        "^[12][0-9]{3}(-|$)": _("a year first, as 2026 or 2026-11-22"),
        "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}": _("a day, as 2026-11-22"),
        "^[^@\\s]+@[^@\\s]+[.][^@\\s.]+$": _("an address, as name@example.org"),
        "NCBITaxon_[0-9]+$": _("a term of the NCBI taxonomy, as NCBITaxon_9606"),
        "FBbi_[0-9]+$": _("a term of the FBbi ontology, as FBbi_00000251"),
        "^https://ror.org/0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}$": _(
            "a ROR, as https://ror.org/02feahw73"
        ),
        "^[0-9A-Za-z!_*'(). /-]+$": _(
            "only letters without accents, digits, spaces and ! _ * ' ( ) . / -"
        ),
        "/CC-BY": _("a CC BY licence"),
    }
    return words.get(plain, "")


def _name(value: str) -> str:
    """Return what people call a value: an address elsewhere by its end."""
    if "://" in value:
        end = value.rstrip("/").replace("#", "/").rpartition("/")[2]
        return thing_name(value) or end
    return name_of_word(value)


def _field_name(path: str) -> str:
    return field_name(path) or _name(path)

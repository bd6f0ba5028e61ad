"""What is wrong with a query, in words: the place, what stands there, what is meant.

The parser of the store tells the furthest place that it looked at, and what it tried
there, regular expressions among it.
"""

from __future__ import annotations

import bisect
import difflib
import re
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["fault_of"]

_AT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SIGN_TRIED = re.compile(r'"([^"\w\s\\]{1,2})"')
_EXPRESSION = re.compile(r"\[[^\[\]]*\]|'[^']*'")
# What is no name of the catalogue's vocabulary: texts, addresses, comments, variables.
_SKIPPED = (
    r"\"{3}(?:[^\"]|\"(?!\"\"))*\"{3}|'{3}(?:[^']|'(?!''))*'{3}|"
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^\s<>\"{}|^`\\]*>|\#[^\n]*|[?$]\w+"
)
_NAME = re.compile(
    rf"{_SKIPPED}|(?<![\w:.-])(?P<prefix>[^\W\d_][\w.-]*|):(?P<local>[\w%\\-])?"
)
_DECLARED = re.compile(rf"{_SKIPPED}|\bprefix\s+(?P<prefix>[\w.-]*)\s*:", re.IGNORECASE)
_BARE = re.compile(
    rf"{_SKIPPED}|[\w.-]*:[\w.%-]*|@[\w-]+|_:\w+|(?<![\w.-])(?P<word>[^\W\d_]\w*)(?!\w*:)"
)
_BRACKET = re.compile(rf"{_SKIPPED}|(?P<sign>[{{}}()\[\]])")
_PIECE = re.compile(
    rf"(?:{_SKIPPED})(?:@[\w-]+|\^\^\S+)?|[\w?$:.@%\\-]+[*+?]?|[&|!<>=^]+|\S"
)
# Longer than any word of the language; a line's end, as a comment ends with it.
_ROOM = "\n" * 24
_MOST_SIGNS = 6
_NEAR_CHARACTERS = 30
# Words that need no prefix, all that there are.
_LANGUAGE = """
A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT
CONSTRUCT CONTAINS COUNT DATATYPE DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI
EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR
HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG
LANGDIR LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW
OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND
SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 STR
STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID
SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI UUID VALUES
VERSION WHERE YEAR
"""
_WORDS = frozenset(_LANGUAGE.split())
_BRACKETS = {"}": "{", ")": "(", "]": "["}


def fault_of(sparql: str, reason: str) -> InputError:
    """Return the error to raise for a query that the store refuses, and says why."""
    at = _AT.match(reason)
    if at is None:
        return InputError(_("This query cannot be answered"), found=_plain(reason))
    message = _("This query is not SPARQL that can be read")
    meant = next((text() for said, text in _reasons().items() if said in at[3]), "")
    if meant:
        return InputError(message, expected=meant)
    unknown = next(_unknown_prefixes(sparql), None)
    if unknown is not None:
        return _unknown_prefix(sparql, unknown)
    return _at_a_place(message, sparql)


def _plain(reason: str) -> str:
    return " ".join(_EXPRESSION.sub("", reason).split())[:200]


def _unknown_prefixes(sparql: str) -> Iterator[re.Match[str]]:
    declared = {one["prefix"] for one in _DECLARED.finditer(sparql)} | set(PREFIXES)
    for name in _NAME.finditer(sparql):
        if name["prefix"] is not None and name["prefix"] not in declared:
            yield name


def _unknown_prefix(sparql: str, name: re.Match[str]) -> InputError:
    prefix = name["prefix"]
    near = difflib.get_close_matches(prefix, PREFIXES, n=1, cutoff=0.6)
    declare = _("Declare it before the query: PREFIX {prefix}: <address>").format(
        prefix=prefix
    )
    meant = _("Did you mean {names}?").format(names=f"{near[0]}:") if near else ""
    return InputError(
        _("This query has a prefix that is not known: {prefix}:").format(prefix=prefix),
        where=_place(sparql, name.start()),
        expected=_("one of the known prefixes: {names}").format(
            names=" ".join(f"{one}:" for one in sorted(PREFIXES))
        ),
        hint=" ".join(filter(None, (meant, declare))),
    )


def _where_stopped(sparql: str) -> tuple[int, str] | None:
    """Return where the parser stops and what it tries there; None if it does not.

    It tells the furthest place that it looked at, and a word that it tries before that
    may reach beyond the fault. So it reads the query with room behind each piece.
    """
    import pyoxigraph

    ends, wide = [], ""
    pieces = list(_PIECE.finditer(sparql))
    for piece in pieces:
        wide += piece[0] + _ROOM
        ends.append(len(wide))
    try:
        pyoxigraph.Store().query(wide, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        at = _AT.match(str(getattr(error, "msg", error)))
    else:
        at = None
    if at is None:
        return None
    lines = wide.split("\n")
    reached = sum(len(one) + 1 for one in lines[: int(at[1]) - 1]) + int(at[2]) - 1
    number = bisect.bisect_left(ends, reached + 1)
    return (pieces[number].start() if number < len(pieces) else len(sparql)), at[3]


def _at_a_place(message: str, sparql: str) -> InputError:
    """Return what is wrong: a word, a bracket, or what the parser does not read."""
    word = next(_unknown_words(sparql), None)
    if word is not None:
        return InputError(
            message,
            where=_place(sparql, word.start()),
            found=word[0][:60],
            hint=_meant_by(word[0]),
        )
    offset, tried = _bracket_too_many(sparql), ""
    if offset is None:
        offset, tried = _where_stopped(sparql) or (len(sparql), "")
    piece = _PIECE.match(sparql, offset)
    return InputError(
        message,
        where=_place(sparql, offset),
        expected=_signs(tried) or ("" if piece else _open_bracket(sparql)),
        found=piece[0][:60] if piece else _("the end of the query"),
    )


def _unknown_words(sparql: str) -> Iterator[re.Match[str]]:
    """Yield words that are neither of SPARQL nor names with a prefix."""
    for one in _BARE.finditer(sparql):
        if one["word"] and one["word"].upper() not in _WORDS:
            yield one


def _meant_by(word: str) -> str:
    near = difflib.get_close_matches(word.upper(), sorted(_WORDS), n=1, cutoff=0.8)
    if near:
        return _("Did you mean {names}?").format(names=near[0])
    return _("Names have a prefix: fi:Image. Variables begin with ?: ?image.")


def _bracket_too_many(sparql: str) -> int | None:
    """Return the place of a bracket that closes what nothing opened."""
    opened: list[str] = []
    for one in _BRACKET.finditer(sparql):
        opens = _BRACKETS.get(one["sign"] or "")
        if one["sign"] and opens is None:
            opened.append(one["sign"])
        elif opens is not None and (not opened or opened.pop() != opens):
            return one.start()
    return None


def _open_bracket(sparql: str) -> str:
    """Return the bracket that would close what is still open at the end."""
    opened: list[str] = []
    for one in _BRACKET.finditer(sparql):
        if one["sign"] in _BRACKETS:
            opened = opened[:-1]
        elif one["sign"]:
            opened.append(one["sign"])
    closing = {opens: closes for closes, opens in _BRACKETS.items()}
    return closing[opened[-1]] if opened else ""


def _signs(tried: str) -> str:
    signs = list(dict.fromkeys(_SIGN_TRIED.findall(tried)))
    return "  ".join(signs) if len(signs) <= _MOST_SIGNS else ""


def _place(sparql: str, offset: int) -> str:
    before = sparql[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    start = max(before.rfind("\n") + 1, offset - _NEAR_CHARACTERS)
    near = sparql[start : offset + _NEAR_CHARACTERS].split("\n")
    text = near[0].strip()
    place = _("line {line}, column {column}").format(line=line, column=column)
    return _("{place}, near “{text}”").format(place=place, text=text) if text else place


def _reasons() -> dict[str, Callable[[], str]]:
    """Return what the parser says in words, with our own."""
    return {
        "prefix IRI parsing failed": lambda: _("a whole address in <…>"),
        "IRI parsing failed": lambda: _("a whole address in <…>"),
        "contains a variable that is unbound": lambda: _(
            "only variables of GROUP BY beside COUNT, SUM and the like"
        ),
        "expression with a variable that is unbound": lambda: _(
            "only variables of GROUP BY beside COUNT, SUM and the like"
        ),
        "overrides an existing variable": lambda: _("each variable is made once"),
        "BIND is overriding": lambda: _("each variable is made once"),
        "Duplicated variable name": lambda: _("each variable is made once"),
        "not authorized with GROUP BY": lambda: _(
            "the variables by name: SELECT * does not go with GROUP BY"
        ),
        r'"\""': lambda: _("a closing quotation mark"),
        r'"\'"': lambda: _("a closing quotation mark"),
        "VALUES clause rows": lambda: _(
            "as many values in each row of VALUES as there are variables"
        ),
        "language tag parsing failed": lambda: _("a language such as @fr"),
    }

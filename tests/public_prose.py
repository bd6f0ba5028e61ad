"""What must never stand in a text for the public, by kind, in both languages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["lines_of", "prose_faults", "texts_of_pagetab"]

_BLANK = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_END = rf"{_BLANK}*(?=[.,;)\]]|$)"
_RULES = {
    "two blanks": rf"\S{_BLANK}{{2,}}\S",
    "a blank at an end": rf"^{_BLANK}+\S|\S{_BLANK}+$",
    "empty brackets": rf"\({_BLANK}*\)|\[{_BLANK}*\]|\"\"|“”|«{_BLANK}*»",
    "a program's word": r"\b(?:None|null|undefined|NaN|nan|True|False)\b",
    "two marks in a row": (r"(?<!\.)\.[ ]?\.(?!\.)|,[ ]?[,.;]|;[ ]?[;.]|:[ ]?[.;,:)]"),
    "a blank before a mark": r"\S[ ][,.](?:\s|$)|\([ ]|[ ]\)",
    "a mark as a name": r"(?:^|[\s(:;])[,.](?:\s|$)|[(:][ ]?;",
    "a frame every 0": r"\b(?:every|toutes les)\s0(?![.,]?\d)",
    "no value told as one": r"(?<![\w.,/–-])[-−]1(?:[.,]0+)?(?![\w,.-])",
    "an address of ours": r"w3id\.org|\bfi:\w|\bnboq:\w|#\w+-\d|purl\.obolibrary",
    "a list without entries": rf":{_BLANK}*$",
}
_WORDS = {
    "en": {
        "one told as many": rf"(?<![\d.,])\b1{_BLANK}(?!bias|lens)[a-z]{{4,}}s\b",
        "many told as one": (
            rf"\b(?:0|[2-9]|[1-9]\d+){_BLANK}"
            r"(?:image|channel|plane|file|component|time point|value)\b(?!s)"
        ),
        "a word without its rest": rf"\b(?:with|and|of|by|from|to|for|in){_END}",
    },
    "fr": {
        "one told as many": (
            rf"(?<![\d.,{chr(0xA0)}{chr(0x202F)}])\b[01]{_BLANK}"
            r"(?!fois|mois|corps)[a-zéèê]{4,}[sx]\b"
        ),
        "many told as one": (
            rf"\b(?:[2-9]|[1-9]\d+){_BLANK}"
            r"(?:image|canal|plan|fichier|composant|instant|valeur)\b"
        ),
        "a word without its rest": rf"\b(?:avec|et|de|par|dans|pour|des|du){_END}",
        "a blank is missing": r"[^\W\d_]\b[;!?](?:\s|$)",
        "words of the other language": (
            r"\b(?:not recorded|images were|channels?|exposure|acquired|pixel size)\b"
        ),
    },
}


def prose_faults(text: str, language: str, *, names: Iterable[str] = ()) -> list[str]:
    """Return the faults of a text, each with what is around it.

    ``names`` are those that people or files gave: they are not judged, only what
    stands about them.
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "Name")
    found = []
    for kind, pattern in (_RULES | _WORDS[language]).items():
        for hit in re.finditer(pattern, text, re.MULTILINE):
            around = text[max(hit.start() - 40, 0) : hit.end() + 40]
            found.append(f"{kind}: …{around!r}…")
    return found


def lines_of(html: str) -> Iterator[str]:
    """Yield what people read of a page, each block a line."""
    body = re.sub(r"(?s)<(head|script|style|svg|pre)\b.*?</\1>", "", html)
    inline = r"</?(?:a|b|span|code|em|strong|abbr|time)\b[^>]*>"
    for line in re.sub(r"<[^>]+>", "\0", re.sub(inline, "", body)).split("\0"):
        if line.strip():
            yield " ".join(unescape(line).split(" ")).strip("\n ")


def texts_of_pagetab(pagetab: Any) -> Iterator[str]:
    """Yield the texts of more than one word that the BioImage Archive gets."""
    if isinstance(pagetab, dict):
        if isinstance(pagetab.get("value"), str) and " " in pagetab["value"]:
            yield from pagetab["value"].splitlines()
        for inner in pagetab.values():
            yield from texts_of_pagetab(inner)
    elif isinstance(pagetab, list):
        for inner in pagetab:
            yield from texts_of_pagetab(inner)

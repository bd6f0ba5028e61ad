"""Message catalogues: what is said in the code, and whether it is said in French too.

``python tools/messages.py update``   bring the French catalogue up to the code
``python tools/messages.py merge F``  the same, taking French texts from other files
``python tools/messages.py missing``  print what has no French text yet, as .po entries
``python tools/messages.py check``    exit 1 and say why if a catalogue is not complete
``python tools/messages.py compile``  make the .mo files
"""

from __future__ import annotations

import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fair_imagic.i18n import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[1]
TRANSLATIONS = ROOT / "src" / "fair_imagic" / "translations"
DOMAIN = "fair_imagic"
LANGUAGES = ("fr",)
SOURCES = ("src/fair_imagic", "webapp/fair_imagic_web")
# Only the text is kept of Setting(name, default, help).
KEYWORDS = {
    "_": None,
    "gettext": None,
    "both": None,
    "ngettext": (1, 2),
    "N_": None,
    "Setting": (3,),
}
METHODS = [
    ("**/_generated/**", "ignore"),
    ("**/static/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.*", "jinja2"),
]
# The left column of the table of words: what the code says and a person never reads.
# ("findable and reusable" speaks of FAIR, not of DataCite's state.)
CODE_WORDS = re.compile(
    r"\b(findings?|repairs?|repaired|violations?|profiles?|mint|mints|minted|minting"
    r"|findable(?! and)|tombstones?|sandbox|snapshots?|curated|filesets?|shapes?"
    r"|graphs?|iris?|focus node|declared tier|highest tier)\b",
    re.IGNORECASE,
)
# Commands, options and file names keep the names that a person has to type.
_TYPED = re.compile(
    r"`[^`]*`|--[\w-]+|fair-imagic [\w-]+|FAIR_IMAGIC_\w+|\S+://\S+|\{\w*\}"
)
# Kinds of records that nobody names, so that no message shows them.
_NEVER_TYPED = {"fileset"}
_PLACEHOLDER = re.compile(r"\{\w*(?:[!:][^}]*)?\}|%\(\w+\)[sd]|%[sd]")
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def catalogue_file(language: str) -> Path:
    """Return the .po file of a language."""
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """Return every message of the code and the page templates, without translations."""
    found = Catalog(project="FAIR Imag'IC", creation_date=_NO_DATE, fuzzy=False)
    for source in SOURCES:
        if not (ROOT / source).is_dir():
            continue
        rows = extract_from_dir(str(ROOT / source), METHODS, keywords=KEYWORDS)
        for name, _line, message, _comments, context in rows:
            found.add(message, None, [(f"{source}/{name}", 0)], context=context)
    for place, text in _translated_later():
        found.add(text, None, [(place, 0)])
    return found


def _translated_later() -> Iterator[tuple[str, str]]:
    """Yield texts that stand in tables and calls, and are translated when shown."""
    paths = (path for source in SOURCES for path in (ROOT / source).rglob("*.py"))
    for path in sorted(paths):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                texts = _texts_of_point(node)
            elif isinstance(node, ast.AnnAssign):
                texts = _texts_of_table(place, node)
            elif isinstance(node, ast.JoinedStr):
                texts = _texts_of_fstring(node)
            else:
                continue
            yield from ((place, text) for text in texts)


def _texts_of_table(place: str, node: ast.AnnAssign) -> Iterator[str]:
    """Yield the command's descriptions and the names of the kinds of records."""
    if not isinstance(node.target, ast.Name) or not isinstance(node.value, ast.Dict):
        return
    table = (place.removeprefix("src/fair_imagic/"), node.target.id)
    if table == ("cli/main.py", "COMMANDS"):
        rows = [ast.literal_eval(value) for value in node.value.values]
        yield from (row[-1] for row in rows)
    elif table == ("workflow/base/workspace.py", "KINDS"):
        yield from (ast.literal_eval(key) for key in node.value.keys if key)


def _texts_of_fstring(node: ast.JoinedStr) -> Iterator[str]:
    """Yield the messages inside an f-string: before Python 3.12 they are not seen."""
    for inner in ast.walk(node):
        if (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Name)
            and inner.func.id == "_"
            and isinstance(inner.args[0], ast.Constant)
        ):
            yield str(inner.args[0].value)


def _texts_of_point(call: ast.Call) -> Iterator[str]:
    """Yield message and repair of ``points.make(code, message=..., repair=...)``."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "make":
        for word in call.keywords:
            if word.arg in ("message", "repair") and isinstance(
                word.value, ast.Constant
            ):
                yield str(word.value.value)


def load(language: str) -> Catalog:
    """Return the committed catalogue of a language, empty if there is none."""
    path = catalogue_file(language)
    if not path.is_file():
        return Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN)


def save(catalogue: Catalog, language: str) -> None:
    """Write a catalogue in a form that changes only where its messages do."""
    catalogue.project = "FAIR Imag'IC"
    catalogue.version = "1"
    catalogue.copyright_holder = "FAIR Imag'IC contributors"
    catalogue.header_comment = "# French messages of FAIR Imag'IC (BSD-3-Clause)."
    catalogue.fuzzy = False
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, ignore_obsolete=True, sort_output=True, include_lineno=False
    )
    path = catalogue_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def update(language: str, extra: Iterable[Path] = ()) -> Catalog:
    """Bring a catalogue up to the code, taking texts from ``extra`` for the gaps."""
    catalogue = load(language)
    known = {_key(message.id): message.string for message in catalogue if message.id}
    for path in extra:
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and _said(message.string):
                    known.setdefault(_key(message.id), message.string)
                    if not _said(known[_key(message.id)]):
                        known[_key(message.id)] = message.string
    fresh = Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    for message in template():
        if message.id:
            said = known.get(_key(message.id))
            if isinstance(message.id, tuple) != isinstance(said, tuple):
                said = None
            fresh.add(message.id, said, message.locations)
    save(fresh, language)
    return fresh


def _key(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _said(text: str | Sequence[str] | None) -> bool:
    return bool(text) and (isinstance(text, str) or all(text or ()))


def problems(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Return what is wrong with a catalogue, a line each; nothing when complete."""
    found = []
    for message in wanted:
        if not message.id:
            continue
        there = catalogue.get(_key(message.id))
        said = there.string if there else None
        if there is None or not said or not _said(said):
            found.append(f"not translated: {_key(message.id)!r}")
        elif there.fuzzy:
            found.append(f"marked as unsure: {_key(message.id)!r}")
        else:
            found += _differences(message.id, said)
    for message in catalogue:
        if message.id and wanted.get(_key(message.id)) is None:
            found.append(f"no longer said: {_key(message.id)!r}")
    return found


def _differences(
    message: str | Sequence[str], translated: str | Sequence[str]
) -> list[str]:
    """Name placeholders that only one of the languages has."""
    # A singular may leave its number out ("one image"), so all forms count together.
    said = [message] if isinstance(message, str) else list(message)
    french = [translated] if isinstance(translated, str) else list(translated)
    english_names = {name for text in said for name in _PLACEHOLDER.findall(text)}
    french_names = {name for text in french for name in _PLACEHOLDER.findall(text)}
    if english_names == french_names:
        return []
    return [f"other placeholders in French: {said[0]!r} -> {french[0]!r}"]


def code_words(catalogue: Catalog) -> list[str]:
    """Return the messages that show a person a word of the code."""
    found = []
    for message in catalogue:
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        found += [line for text in texts for line in code_words_in(text)]
    return found


def code_words_in(text: str) -> list[str]:
    """Return a line for the first word of the code in a text, else nothing."""
    word = CODE_WORDS.search(_TYPED.sub(" ", text))
    if word is None or text in _NEVER_TYPED:
        return []
    return [f"{word.group()!r} is a word of the code: {text!r}"]


def compile_all() -> None:
    """Make the .mo file beside every .po file."""
    for language in LANGUAGES:
        path = catalogue_file(language)
        buffer = io.BytesIO()
        catalogue = load(language)
        for message in catalogue:
            if message.id and message.string:
                message.string = _typeset(message.string)
        write_mo(buffer, catalogue)
        path.with_suffix(".mo").write_bytes(buffer.getvalue())


def _typeset(said: str | Sequence[str]) -> str | tuple[str, ...]:
    """Return what is shown for what was written: French as it is printed."""
    if isinstance(said, str):
        return typeset(said)
    return tuple(typeset(form) for form in said)


def _print_missing(language: str) -> None:
    catalogue = load(language)
    gaps = Catalog(locale=language, fuzzy=False)
    for message in template():
        there = catalogue.get(_key(message.id)) if message.id else None
        if message.id and (there is None or not _said(there.string)):
            gaps.add(message.id, None, message.locations)
    buffer = io.BytesIO()
    write_po(buffer, gaps, omit_header=True, include_lineno=False, width=0)
    sys.stdout.write(buffer.getvalue().decode("utf-8"))


def _check() -> int:
    wanted = template()
    found = code_words(wanted)
    for language in LANGUAGES:
        found += [f"{language}: {line}" for line in problems(load(language), wanted)]
    for line in found:
        sys.stdout.write(line + "\n")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    """Do what the first word says; return the exit status."""
    verb, *files = arguments or ["check"]
    if verb == "check":
        return _check()
    for language in LANGUAGES:
        if verb in ("update", "merge"):
            update(language, [Path(name) for name in files])
        elif verb == "missing":
            _print_missing(language)
    if verb in ("compile", "update", "merge"):
        compile_all()
    return 0 if verb in ("compile", "update", "merge", "missing") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

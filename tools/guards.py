"""House rules that no linter knows: guarded libraries, module sizes, no machine names.

``python tools/guards.py`` prints each breach as ``file:line: reason``; exit 1 if any.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MOST_LINES = 400
MOST_FUNCTION_LINES = 40
GUARDED = "src/fair_imagic/"
# Who may parse RDF, and why somebody else may build graphs from our own statements.
PARSERS = {"src/fair_imagic/rdf.py"}
# The indexes take their own journal's N-Quads in bulk: no file, no address, no context.
LOADERS = {
    "src/fair_imagic/catalogue/index.py",
    # statements that were parsed already, for the queries of one check
    "src/fair_imagic/checks/shacl/sparql/batch.py",
}
_RDF_LIBRARIES = {"rdflib", "pyoxigraph"}
# In pieces, so that this file does not name what it forbids.
_HOSTS = (
    "pypi" + r"\.org",
    "python" + "hosted",
    r"registry\.npm" + "js",
    r"deb\." + "debian",
)
_PLACES = (
    "/" + "home/",
    "/" + "root/",
    "/" + "work/",
    "/" + "opt/pypi",
    "/" + "tmp/w/",
)
_MACHINE = re.compile("|".join((*_HOSTS, *(rf"(?<![\w./~-]){p}" for p in _PLACES))))
_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".ttl", ".tsv", ".sh", ""}
_TEXT |= {".html", ".js", ".mjs", ".css", ".cfg", ".txt", ".po", ".csv"}


@dataclass(frozen=True)
class Breach:
    """One place where a rule of the house is not kept."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def in_code(file: str, source: str) -> Iterator[Breach]:
    """Find breaches in one Python module (``file`` is relative to the project)."""
    tree = ast.parse(source, filename=file)
    generated = _is_generated(source)
    if not generated and not file.startswith("tests/"):
        yield from _sizes(file, source, tree)
    if not file.startswith(GUARDED) and not file.startswith("webapp/"):
        return
    imported = {name.split(".")[0] for name in _imports(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and _swallows_all(node):
            yield Breach(file, node.lineno, "catches everything: name the errors")
        if isinstance(node, ast.Call):
            yield from _calls(file, node, imported)


def _is_generated(source: str) -> bool:
    return "generated" in source.split("\n", maxsplit=1)[0].lower()


def _sizes(file: str, source: str, tree: ast.Module) -> Iterator[Breach]:
    lines = source.count("\n")
    if lines > MOST_LINES:
        yield Breach(file, lines, f"more than {MOST_LINES} lines: split it by noun")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            length -= _docstring_lines(node)
            if length > MOST_FUNCTION_LINES:
                reason = f"{node.name} has {length} lines: split it"
                yield Breach(file, node.lineno, reason)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node, clean=False) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _swallows_all(handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False  # cleans up and passes the same error on
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None
        or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))
        for kind in kinds
    )


def _calls(file: str, call: ast.Call, imported: set[str]) -> Iterator[Breach]:
    if not isinstance(call.func, ast.Attribute):
        return
    name = call.func.attr
    owner = ast.unparse(call.func.value)
    if name in ("extractall", "unpack_archive") and file != "src/fair_imagic/files.py":
        yield Breach(file, call.lineno, "only files unpacks archives")
    parses = name == "parse" and owner not in ("rdf", "ast", "urllib.parse")
    in_a_format = any(word.arg == "format" for word in call.keywords)
    loads = name == "bulk_load" or (name == "load" and in_a_format)
    loads = loads and file not in LOADERS
    if (parses or loads) and imported & _RDF_LIBRARIES and file not in PARSERS:
        yield Breach(file, call.lineno, "only rdf parses RDF: use rdf.parse")


def in_text(file: str, text: str) -> Iterator[Breach]:
    """Find names of machines, registries and personal folders in a text file."""
    for number, line in enumerate(text.splitlines(), 1):
        if _MACHINE.search(line):
            yield Breach(file, number, "names a registry host or a path of a machine")


def tracked_files() -> list[str]:
    """Return the files that git tracks or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def breaches() -> list[Breach]:
    """Return every breach in the project."""
    found: list[Breach] = []
    for name in tracked_files():
        path = ROOT / name
        if path.suffix not in _TEXT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += in_text(name, text)
        if path.suffix == ".py":
            found += in_code(name, text)
    return found


def main() -> int:
    """Print the breaches; return the exit status."""
    found = breaches()
    for breach in found:
        sys.stdout.write(f"{breach}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

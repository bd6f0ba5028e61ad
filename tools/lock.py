"""Makes the locks anew: which version of each package the scripts install.

``python tools/lock.py``  needs the network, and python3.11, 3.12 and 3.13 on the PATH

A version that a lock names stays; to take the newest one of a package, remove its line
first (all lines: the newest of everything). One version holds on every Python, so that
what one machine shows, another shows too; what cannot have that is said.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")
# Machines of users: 64-bit Intel and AMD, Debian 12 and what is newer.
_PLATFORMS = tuple(
    f"manylinux{version}"
    for version in ("_2_28", "_2_27", "_2_24", "_2_17", "_2_12", "_2_5", "2014", "1")
)
_SET_UP = f"{ROOT}[dev,formats,cluster,postgresql]"


@dataclass(frozen=True)
class Lock:
    """One lock: its file, what is wanted, for which Pythons, and the words on top.

    It is resolved on the Pythons of ``resolved``, one after the other.
    """

    file: str
    wanted: tuple[str, ...]
    pythons: tuple[str, ...]
    resolved: tuple[str, ...]
    head: str


LOCKS = (
    Lock(
        "constraints.txt",
        (_SET_UP,),
        pythons=SUPPORTED,
        resolved=SUPPORTED,
        head="# Made by tools/lock.py: what scripts/setup installs in .venv, "
        "on Python 3.11, 3.12 and 3.13.",
    ),
    Lock(
        "tools/environments/cellpose.txt",
        ("cellpose>=3.1,<4", "torch"),
        pythons=("3.11", "3.12"),
        resolved=("3.11",),  # elsewhere torch may bring its parts for NVIDIA cards
        head="# Made by tools/lock.py: what scripts/setup --processing installs in "
        ".tools/cellpose.\n# Cellpose 4 has no image restoration; Cellpose 3 needs "
        "numpy before 2.1, published for\n# Python 3.11 and 3.12 only.",
    ),
)


def pins(text: str) -> dict[str, str]:
    """Return the versions that a lock names, by the name of the package."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return dict(line.split("==", 1) for line in lines if line)


def normal(name: str) -> str:
    """Return a package's name in the one form that all spellings have in common."""
    return re.sub(r"[-_.]+", "-", name).lower()


def text_of(lock: Lock, versions: dict[str, str]) -> str:
    """Return the content of a lock's file."""
    names = sorted(versions, key=str.lower)
    lines = [f"{name}=={versions[name]}" for name in names]
    return "\n".join([lock.head, *lines, ""])


def resolve(lock: Lock, kept: dict[str, str], folder: Path) -> dict[str, Any]:
    """Return all packages that pip would install, by name; what ``kept`` names stays.

    Raises SystemExit with pip's words where a Python cannot have it.
    """
    entries: dict[str, Any] = {}
    for python in lock.resolved:
        fixed = kept | {name: _version(entry) for name, entry in entries.items()}
        constraints = folder / f"{python}.txt"
        constraints.write_text(text_of(lock, fixed), encoding="utf-8")
        for entry in _report(python, lock, constraints, folder):
            entries.setdefault(entry["metadata"]["name"], entry)
    return {name: e for name, e in entries.items() if normal(name) != "fair-imagic"}


def _report(python: str, lock: Lock, constraints: Path, folder: Path) -> list[Any]:
    program = shutil.which(f"python{python}")
    if program is None:
        raise SystemExit(f"tools/lock.py: python{python} is not on the PATH")
    environment, report = folder / f"venv-{python}", folder / f"{python}.json"
    _run(program, "-m", "venv", str(environment))
    options = ("--dry-run", "--ignore-installed", "--report", str(report))
    pip = str(environment / "bin" / "pip")
    _run(pip, "install", "-q", *options, "-c", str(constraints), *lock.wanted)
    found: list[Any] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return found


def _version(entry: dict[str, Any]) -> str:
    """Return a version without its local part: the kind of build is the machine's."""
    return str(entry["metadata"]["version"]).partition("+")[0]


def _is_compiled(entry: dict[str, Any]) -> bool:
    return str(entry["download_info"]["url"]).endswith(".whl")


def prove_installable(versions: dict[str, str], python: str, folder: Path) -> None:
    """Ask pip for a ready-made file of every version, for one Python.

    Raises SystemExit with pip's words where one has none.
    """
    platforms = [f"--platform={name}_x86_64" for name in _PLATFORMS]
    options = ("--dry-run", "--no-deps", "--only-binary=:all:", "--implementation=cp")
    place = (f"--python-version={python}", f"--target={folder / 'none'}")
    wanted = [f"{name}=={version}" for name, version in versions.items()]
    pip = (sys.executable, "-m", "pip", "install", "-q")
    _run(*pip, *options, *place, *platforms, *wanted)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"tools/lock.py: {' '.join(command[:6])} ...\n{done.stderr}")


def make(lock: Lock) -> str:
    """Return the new content of a lock, proved to be installable."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = pins((ROOT / lock.file).read_text(encoding="utf-8"))
        entries = resolve(lock, kept, folder)
        versions = {name: _version(entry) for name, entry in entries.items()}
        ready = {
            name: versions[name] for name in versions if _is_compiled(entries[name])
        }
        for python in lock.pythons:
            prove_installable(ready, python, folder)
        rest = ", ".join(sorted(versions.keys() - ready.keys()))
        sys.stdout.write(f"{lock.file}: {len(versions)} packages for Python ")
        sys.stdout.write(f"{', '.join(lock.pythons)}; as source only: {rest or '-'}\n")
        return text_of(lock, versions)


def main() -> None:
    """Write every lock."""
    for lock in LOCKS:
        (ROOT / lock.file).write_text(make(lock), encoding="utf-8")


if __name__ == "__main__":
    main()

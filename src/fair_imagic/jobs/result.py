"""The result of a job: what was made, of what, with what; checked before it is used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import ExternalToolError, InputError
from fair_imagic.files import confined, sha256_of
from fair_imagic.i18n import _
from fair_imagic.processing.base import Measure, OutputFile, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

__all__ = ["JobOutput", "JobResult", "verified_result"]

NAME = "result.json"


@dataclass(frozen=True, kw_only=True)
class JobOutput(OutputFile):
    """A file that a job made, where it is now."""

    path: Path
    sha256: str
    byte_size: int


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """What a job made and all that a record of the run needs (times are ISO, UTC)."""

    processor: str
    processor_version: str
    parameters: Mapping[str, str]
    outputs: tuple[JobOutput, ...]
    remarks: tuple[str, ...]
    libraries: tuple[str, ...]
    platform: str
    python: str
    threads: int
    seed: int
    started: str
    ended: str


def verified_result(folder: Path) -> JobResult:
    """Return the result of a job's folder, its files compared with their checksums.

    Raises :class:`~fair_imagic.errors.ExternalToolError` for a missing, extra or
    changed file.
    """
    place = folder / "result"
    try:
        content = json.loads((place / NAME).read_text(encoding="utf-8"))
        outputs = tuple(_verified(place, entry) for entry in content.pop("outputs"))
        del content["inputs"]
        for name in ("remarks", "libraries"):
            content[name] = tuple(content[name])
        result = JobResult(outputs=outputs, **content)
    except (OSError, ValueError, TypeError, KeyError, InputError) as error:
        raise _damaged(place, str(error)) from error
    named = {output.name for output in outputs} | {NAME}
    present = {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    extra = present - named
    if extra:
        raise _damaged(place, ", ".join(sorted(extra)))
    return result


def _verified(place: Path, entry: dict[str, Any]) -> JobOutput:
    path = confined(place, entry["name"])
    parts = {
        "sources": tuple(entry["sources"]),
        "relation": Relation(entry["relation"]),
        "measures": tuple(Measure(**measure) for measure in entry["measures"]),
    }
    output = JobOutput(path=path, **(entry | parts))
    if path.stat().st_size != output.byte_size or sha256_of(path) != output.sha256:
        raise ValueError(path.name)
    return output


def _damaged(place: Path, found: str) -> ExternalToolError:
    return ExternalToolError(
        _("The result of a job is not what the job wrote"),
        where=str(place),
        found=found,
        hint=_("Run the job again."),
    )

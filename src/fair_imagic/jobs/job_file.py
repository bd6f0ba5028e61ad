"""The job file: all that a job may depend on, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.files import write_atomically
from fair_imagic.i18n import _
from fair_imagic.processing.base import InputImage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["JobFile", "read_job_file", "write_job_file"]

NAME = "job.json"


@dataclass(frozen=True, kw_only=True)
class JobFile:
    """A processor, its images, its parameters (texts), the seed and threads to use."""

    processor: str
    inputs: tuple[InputImage, ...]
    parameters: Mapping[str, str]
    seed: int = 0
    threads: int = 1
    language: str = "en"


def write_job_file(folder: Path, job: JobFile) -> None:
    """Write ``job.json`` into a folder."""
    content = asdict(job)
    for image in content["inputs"]:
        image["path"] = str(image["path"])
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    write_atomically(folder / NAME, text + "\n")


def read_job_file(folder: Path) -> JobFile:
    """Return the job of a folder; raises InputError where its file cannot be read."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        inputs = tuple(_input(image) for image in content.pop("inputs"))
        return JobFile(inputs=inputs, **content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            _("The job file cannot be read"), where=str(path), found=str(error)
        ) from error


def _input(image: dict[str, Any]) -> InputImage:
    lists = {name: tuple(image[name]) for name in ("channels", "leaks")}
    return InputImage(**(image | lists | {"path": Path(image["path"])}))

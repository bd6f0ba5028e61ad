"""A plug-in that copies pixels, as a new image or in the place of the old one."""

from __future__ import annotations

import hashlib
import shutil
import uuid

from fair_imagic.processing import (
    OutputFile,
    Parameter,
    Probe,
    ProcessingJob,
    ProcessingResult,
    Relation,
    Role,
)
from fair_imagic.readers import pixels


class CopyingProcessor:
    def __init__(self) -> None:
        self.token = "copy"
        self.title = self.description = {"en": "Copy", "fr": "Copie"}
        self.makes = (Role.IMAGE,)
        deed = Parameter(
            name="deed",
            kind="choice",
            default="derive",
            choices=("derive", "replace", "echo"),
            help=self.title,
        )
        self.parameters = (deed,)
        self.libraries = ("numpy",)
        self.gaps = ()

    def probe(self) -> Probe:
        return Probe(version="1.4")

    def run(self, job: ProcessingJob) -> ProcessingResult:
        import tifffile

        deed = job.parameters["deed"]
        outputs = []
        for number, image in enumerate(job.inputs):
            name = f"copy-{number}.ome.tif"
            if deed == "echo":
                shutil.copy(image.path, job.folder / name)
            else:
                data = pixels(image.path, image.series_index)
                # The same pixels give the same file, whatever image they are of.
                digest = hashlib.md5(data.tobytes(), usedforsecurity=False).hexdigest()
                tifffile.imwrite(
                    job.folder / name,
                    data,
                    ome=True,
                    photometric="minisblack",
                    metadata={"axes": "TCZYX", "UUID": str(uuid.UUID(digest))},
                )
            relation = (
                Relation.STANDS_FOR if deed == "replace" else Relation.DERIVED_FROM
            )
            outputs.append(
                OutputFile(
                    name=name,
                    role=Role.IMAGE,
                    media_type="image/tiff",
                    sources=(number,),
                    relation=relation,
                )
            )
        return ProcessingResult(outputs=tuple(outputs))


PROCESSOR = CopyingProcessor()

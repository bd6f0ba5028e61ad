"""The folder of the sample study: files as a researcher would hand them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.files import write_atomically
from fair_imagic.workflow.demo.sample_study.images import study_images, write_image
from fair_imagic.workflow.demo.sample_study.microscopes import microscope_json
from fair_imagic.workflow.demo.sample_study.quality import quality_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["StudyFolder", "write_study"]

_TAGS = """image,sample,sample.organism,sample.organism_label,sample.biological_entity,\
sample.preparation_protocol,sample.extrinsic_variable,sample.material_origin,\
sample.no_approval_reason,sample.biosafety_level
*control*,U2OS control,obo:NCBITaxon_9606,Homo sapiens,U2OS cell line,\
"Fixed in 4% paraformaldehyde for 10 min, permeabilised, stained with DAPI",none,\
cell line,established cell line,1
*nocodazole*,U2OS nocodazole,obo:NCBITaxon_9606,Homo sapiens,U2OS cell line,\
"Fixed in 4% paraformaldehyde for 10 min, permeabilised, stained with DAPI",\
nocodazole 100 ng/ml for 4 h,cell line,established cell line,1
zstack*,U2OS control,,,,,,,,
"""

_PEOPLE = """name,given_name,family_name,email,orcid,role,affiliation,ror
Camille Practice,Camille,Practice,camille.practice@example.org,0000-0002-1825-0097,\
data acquisition,Institut Cochin,https://ror.org/051sk4035
"""

_SCRIPT = '''"""Segments the nuclei of the sample study with FAIR Imag'IC."""

import subprocess

subprocess.run(
    ["fair-imagic", "process", "demo", "--with", "segmentation", "--set", "channel=0"],
    check=True,
)
'''


@dataclass(frozen=True)
class StudyFolder:
    """Where the parts of the sample study lie."""

    root: Path

    @property
    def images(self) -> dict[str, Path]:
        """Return the image folder of each microscope."""
        return {kind: self.root / "images" / kind for kind in ("widefield", "confocal")}

    @property
    def microscopes(self) -> dict[str, Path]:
        """Return the Micro-Meta App file of each microscope."""
        folder = self.root / "microscopes"
        return {kind: folder / f"{kind}.json" for kind in ("widefield", "confocal")}

    @property
    def quality(self) -> dict[str, Path]:
        """Return the table of the quality control of each microscope."""
        folder = self.root / "quality"
        return {kind: folder / f"{kind}.csv" for kind in ("widefield", "confocal")}

    @property
    def tags(self) -> Path:
        """Return the table of samples that the researcher filled in."""
        return self.root / "tags.csv"

    @property
    def people(self) -> Path:
        """Return the table of people."""
        return self.root / "people.csv"

    @property
    def scripts(self) -> Path:
        """Return the folder of processing scripts."""
        return self.root / "scripts"


def write_study(
    root: Path, *, progress: Callable[[float, str], None] | None = None
) -> StudyFolder:
    """Write the whole sample study below ``root`` and return where things are.

    Files that are there already are kept, so a second call is quick.
    """
    study = StudyFolder(root)
    files = study_images()
    for number, image in enumerate(files, 1):
        folder = study.images[image.instrument]
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / image.name).exists():
            write_image(folder, image)
        if progress is not None:
            progress(number / len(files), image.name)
    for kind, path in study.microscopes.items():
        write_atomically(path, microscope_json(kind))
        write_atomically(study.quality[kind], quality_csv(kind))
    write_atomically(study.tags, _TAGS)
    write_atomically(study.people, _PEOPLE)
    write_atomically(study.scripts / "segment_nuclei.py", _SCRIPT)
    write_atomically(study.scripts / "README.md", "# Scripts of the sample study\n")
    write_atomically(study.scripts / "LICENSE", "BSD-3-Clause\n")
    return study

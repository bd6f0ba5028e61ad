"""Which files of a folder are looked at, and which are left out with the reason."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.readers.filesets import find_filesets

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_that_is_no_text_leaves_the_other_files_alone(tmp_path: Path) -> None:
    good = tmp_path / "good.tif"
    tifffile.imwrite(good, np.ones((8, 8), "uint16"))
    strange = os.fsencode(tmp_path) + b"/caf\xe9.tif"
    try:
        os.link(good, strange)
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    found = find_filesets([tmp_path])
    assert [group.leader for group in found] == [good]
    (problem,) = found.problems
    assert problem.path.name == r"caf\xe9.tif"
    assert "UTF-8" in problem.reason
    assert find_filesets([found.problems[0].path]).problems  # told, not raised

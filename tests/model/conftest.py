"""The model as the generators read it, once for all tests of this folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tools.generate_model.schema import Model

REPOSITORY = Path(__file__).parents[2]
# the generators are not part of the installed package
sys.path.insert(0, str(REPOSITORY))


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def schema_model() -> Model:
    pytest.importorskip("linkml_runtime", reason="LinkML is a build-time tool")
    from tools.generate_model.schema import load

    return load(REPOSITORY / "schema" / "fair_imagic.yaml")

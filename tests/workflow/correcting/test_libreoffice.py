"""A table of points that LibreOffice itself opened and saved comes back whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow import correcting as corrections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

    Fill = Callable[..., Path]
    Convert = Callable[[Path, str], Path]

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")

SET = "Some nuclei"
LENS = "zstack_01 / HC PL APO 63x/1.40 OIL"
METHOD = "http://purl.obolibrary.org/obo/FBbi_00000246"
TYPED = {
    (SET, "description"): "Nuclei of HeLa cells,\nin two lines   and three spaces: é µ",
    (SET, "keyword"): "nuclei; HeLa",
    (SET, "license"): "CC BY 4.0",
    (SET, "issued"): datetime(2026, 11, 26),
    (LENS, "manufacturer"): "0012",
    ("zstack_01 / DAPI", "exposureTime"): "12,5",
    ("zstack_01", "imagingMethodLabel"): "'=SUM(A1)",
    ("field_03_control", "physicalSizeX"): "0,323",
    ("field_03_control", "physicalSizeY"): 0.323,
    ("field_01_control", "imagingMethod"): METHOD,
}
MEANT = {
    ("Some nuclei", "description"): (str(TYPED[SET, "description"]),),
    ("Some nuclei", "keyword"): ("nuclei", "HeLa"),
    ("Some nuclei", "license"): ("https://spdx.org/licenses/CC-BY-4.0",),
    ("Some nuclei", "issued"): ("2026-11-26",),
    ("zstack_01", "manufacturer"): ("0012",),
    ("zstack_01", "exposureTime"): ("12.5 ms",),
    ("zstack_01", "imagingMethodLabel"): ("=SUM(A1)",),
    ("field_03_control", "physicalSizeX"): ("0.323 µm",),
    ("field_03_control", "physicalSizeY"): ("0.323 µm",),
    ("field_01_control", "imagingMethod"): (METHOD,),
}
# comma or semicolon, quotes, UTF-8 or Windows 1252, as shown, the second sheet
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
CSV_OF_WINDOWS = CSV.replace("44,34,76", "59,34,1")
LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>
"""


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """Give a function by which a French LibreOffice saves a file in another form."""
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(LOCALE)

    def saved(path: Path, form: str) -> Path:
        folder = path.parent / f"saved-{path.suffix[1:]}"
        command = [
            str(SOFFICE),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(path),
        ]
        environment = {**os.environ, "HOME": str(tmp_path)}
        subprocess.run(
            command, check=True, capture_output=True, timeout=120, env=environment
        )
        (made,) = folder.iterdir()
        return made

    return saved


def _meant(workspace: Workspace, path: Path) -> dict[tuple[str, str], object]:
    planned = corrections.planned(workspace, "s", source=path)
    assert planned.flaws == () and planned.left == ()
    return {
        (one.record, one.path.replace("#", "/").rpartition("/")[2]): one.exact[1]
        for one in planned.items
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_opendocument_and_excel_files_of_libreoffice_say_what_was_typed(
    imported: Workspace, fill: Fill, convert: Convert, language: str
) -> None:
    spreadsheet = convert(fill(TYPED, language=language), "ods")
    assert _meant(imported, spreadsheet) == MEANT
    assert _meant(imported, convert(spreadsheet, "xlsx")) == MEANT


@pytest.mark.parametrize(
    ("language", "form"), [("en", CSV), ("fr", CSV), ("fr", CSV_OF_WINDOWS)]
)
def test_the_sheet_of_points_saved_as_csv_says_what_was_typed(
    imported: Workspace, fill: Fill, convert: Convert, language: str, form: str
) -> None:
    typed = {**TYPED, (SET, "issued"): "26/11/2026"}
    assert _meant(imported, convert(fill(typed, language=language), form)) == MEANT


def test_a_table_that_nobody_filled_in_asks_for_nothing(
    imported: Workspace, fill: Fill, convert: Convert
) -> None:
    assert _meant(imported, convert(fill({}, language="fr"), "ods")) == {}

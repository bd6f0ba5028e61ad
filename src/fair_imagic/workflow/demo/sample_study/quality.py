"""The quality control of the two microscopes: one in time, one too old."""

from __future__ import annotations

__all__ = ["quality_csv"]

_PAPER = "Faklaris et al. 2022, 10.1083/jcb.202107093, Table 1"
_COLUMNS = "date,point,objective,metric,value,unit,at_least,at_most,limit_source,passed"
_OBJECTIVES = {
    "widefield": "Plan-Apochromat 20x/0.8",
    "confocal": "HC PL APO 63x/1.40 OIL",
}
# The images of the widefield were taken in the three weeks after its control, those of
# the confocal half a year after the last one.
_DAYS = {"widefield": "2026-02-16", "confocal": "2025-09-15"}


def quality_csv(kind: str) -> str:
    """Return what was measured on the ``widefield`` or ``confocal`` microscope."""
    lens = _OBJECTIVES[kind]
    rows = (
        f'resolution,{lens},"FWHM xy, measured / theoretical",1.22,1,,1.5,"{_PAPER}",',
        f'resolution,{lens},"FWHM z, measured / theoretical",1.35,1,,1.5,"{_PAPER}",',
        f'field illumination,{lens},uniformity,81,%,50,,"{_PAPER}",',
        f"chromatic registration,{lens},distance between channels,92,nm,,,,yes",
        "illumination stability,,variation over two hours,1.1,%,,,,yes",
        "stage drift,,drift over one hour,140,nm,,,,yes",
        "stage repeatability,,deviation,310,nm,,,,yes",
        "camera noise,,read noise,1.6,1,,,,yes",
    )
    return "\n".join([_COLUMNS, *(f"{_DAYS[kind]},{row}" for row in rows), ""])

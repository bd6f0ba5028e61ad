"""The parts of a microscope as people look for them: groups, a table for each kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.checks import says_nothing
from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, current_language
from fair_imagic.model import class_named, slots_of
from fair_imagic.workflow.base.shown_value import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.shown_value import Row, Section, Value

    # A component, and what is described inside it.
    _Held = tuple[Section, tuple[Section, ...]]

__all__ = ["Part", "PartGroup", "PartTable", "part_groups", "stated"]

_MOST_COLUMNS = 6
_WIDEST = 48
# The group of a class, or of the first class above it that is here.
_GROUPS = {
    "Objective": "objectives",
    "LightSource": "light-sources",
    "LightSourceCoupling": "light-sources",
    "Detector": "detectors",
    "Filter": "filters",
    "FilterCube": "filters",
    "FilterCubeTurret": "filters",
    "FilterSlider": "filters",
    "FilterWheel": "filters",
    "MirroringDevice": "filters",
    "MicroscopeStand": "stand",
    "MicroscopeTable": "stand",
    "SamplePositioning": "stand",
    "StageInsert": "stand",
    "FocusStabilizationDevice": "stand",
    "EnvironmentalControlDevice": "stand",
    "ConfocalScanner": "scanning",
    "TIRFHardwareModule": "scanning",
    "AcoustoOpticalDevice": "scanning",
    "ElectroOpticalDevice": "scanning",
    "Lens": "optics",
    "OpticalAssembly": "optics",
    "OpticalAperture": "optics",
    "InstrumentSoftware": "software",
}
# What people compare first; all else follows in the order of its tier.
_FIRST = (
    "magnification",
    "lens_na",
    "immersion_type",
    "correction",
    "contrast_modulation",
    "working_distance",
    "wavelength",
    "type",
    "array_width",
    "array_height",
    "pixel_width",
    "pixel_height",
    "max_bit_depth",
    "version",
    "excitation_filter",
    "standard_dichroic",
    "emission_filter",
    "model",
    "manufacturer",
)
_LAST = ("description", "map_annotation", "additional_vendor_information", "specs_file")
# Nothing has a length of wave, a width or an efficiency of 0.
_NEVER_ZERO = (
    "wavelength",
    "bandwidth",
    "cut_o",
    "efficiency",
    "conversion_factor",
    "magnification",
    "lens_na",
    "pixel_",
    "array_",
)
# Below zero these can be; elsewhere -1 stands for a number that nobody wrote.
_SIGNED = ("angle", "temperature", "offset", "focal", "curvature", "humidity")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A component: its values in the columns of its table, and all else of it.

    ``unstated`` names the fields whose value only keeps a place. ``fragment`` is the
    part's own in the address of the record.
    """

    name: str
    fragment: str
    cells: tuple[tuple[Value, ...], ...]
    rest: Section
    inner: tuple[Section, ...]
    unstated: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PartTable:
    """All components of one kind: what they share, and what sets them apart."""

    title: str
    shared: tuple[Row, ...]
    columns: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class PartGroup:
    """Kinds that people look for together; ``name`` is the place on the page."""

    name: str
    title: str
    tables: tuple[PartTable, ...]

    @property
    def count(self) -> int:
        """How many components the group has."""
        return sum(len(one.parts) for one in self.tables)


def part_groups(sections: Iterable[Section]) -> tuple[PartGroup, ...]:
    """Return the components of a microscope, what people look for most first."""
    kinds: dict[str, list[_Held]] = {}
    for section, inner in _owners(sections):
        kinds.setdefault(section.kind, []).append((section, inner))
    found = []
    for name, title in _titles().items():
        chosen = [held for kind, held in kinds.items() if _group_of(kind) == name]
        tables = sorted(map(_table, chosen), key=lambda one: natural(one.title))
        if tables:
            found.append(PartGroup(name=name, title=title, tables=tuple(tables)))
    return tuple(found)


def stated(section: Section) -> tuple[Section, tuple[str, ...]]:
    """Return a section without values that only keep a place, and their fields."""
    slots = {slot.iri: slot for slot in slots_of(section.kind)} if section.kind else {}
    rows, unstated = [], []
    for row in section.rows:
        values = tuple(one for one in row.values if _says(slots.get(row.path), one))
        if values:
            rows.append(replace(row, values=values))
        if len(values) < len(row.values):
            unstated.append(row.label)
    return replace(section, rows=tuple(rows)), tuple(unstated)


def _says(slot: Slot | None, value: Value) -> bool:
    if slot is None or slot.name == "name" or value.record or value.link:
        return True
    number = decimal_of(value.full)
    if number == -1 and not any(word in slot.name for word in _SIGNED):
        return False
    if number == 0 and any(word in slot.name for word in _NEVER_ZERO):
        return False
    return not says_nothing(slot, value.full)


def _titles() -> dict[str, str]:
    return {
        "objectives": _("Objectives"),
        "light-sources": _("Light sources"),
        "detectors": _("Detectors"),
        "filters": _("Filters and mirrors"),
        "stand": _("Stand, stage and focus"),
        "scanning": _("Scanning and modulation"),
        "optics": _("Lenses and apertures"),
        "software": _("Software"),
        "others": _("Other parts"),
    }


@cache
def _group_of(kind: str) -> str:
    names = (kind, *class_named(kind).ancestors)
    return next((_GROUPS[name] for name in names if name in _GROUPS), "others")


def _owners(sections: Iterable[Section]) -> list[_Held]:
    """Return each component with what is described inside it, as a filter's bands."""
    names = {one.subject: one for one in sections if "#" in one.subject}
    inner: dict[str, list[Section]] = {}
    for subject, section in names.items():
        owner = next((one for one in names if subject.startswith(f"{one}-")), subject)
        inner.setdefault(owner, [])
        if owner != subject:
            inner[owner].append(section)
    return [(names[owner], tuple(parts)) for owner, parts in inner.items()]


def _table(held: Sequence[_Held]) -> PartTable:
    """Return the table of the components of one kind."""
    held = sorted(held, key=lambda one: natural(one[0].name.lower()))
    kind, language = class_named(held[0][0].kind), current_language()
    told = [stated(section) for section, _inner in held]
    slots = [one for one in slots_of(kind.name) if one.name not in ("id", "name")]
    texts = [{row.path: _text(row) for row in one.rows} for one, _gone in told]
    things = [{slot.iri: text.get(slot.iri, "") for slot in slots} for text in texts]
    shared = told_once(things)[0] if len(held) > 1 else {}
    apart = [slot for slot in slots if slot.iri not in shared]
    columns = _columns(apart, things, [section.name for section, _inner in held])
    with_inner = any(inner for _section, inner in held)
    parts = tuple(
        _part(section, inner, gone, [one.iri for one in columns], shared)
        for (section, gone), (_own, inner) in zip(told, held, strict=True)
    )
    rows = {row.path: row for row in told[0][0].rows}
    names = [slot.label.get(language) or slot.name for slot in columns]
    return PartTable(
        title=kind.label.get(language) or kind.name,
        shared=tuple(rows[path] for path in shared),
        columns=(*names, _inner_title(held)) if with_inner else tuple(names),
        parts=parts if with_inner else tuple(map(_without_inner, parts)),
    )


def _columns(
    slots: Sequence[Slot], things: Sequence[dict[str, str]], names: Sequence[str]
) -> list[Slot]:
    """Return the fields that set the parts apart, those that people compare first."""
    chosen = []
    for slot in sorted(slots, key=_rank):
        values = [one[slot.iri] for one in things]
        says_name = all(
            value in ("", name) for value, name in zip(values, names, strict=True)
        )
        if (
            not says_name
            and slot.name not in _LAST
            and max(map(len, values)) <= _WIDEST
        ):
            chosen.append(slot)
    return chosen[:_MOST_COLUMNS]


def _rank(slot: Slot) -> tuple[int, int]:
    place = _FIRST.index(slot.name) if slot.name in _FIRST else len(_FIRST)
    return place, slot.tier or 9


def _text(row: Row) -> str:
    return ", ".join(one.words for one in row.values)


def _part(
    section: Section,
    inner: tuple[Section, ...],
    unstated: tuple[str, ...],
    columns: Sequence[str],
    shared: dict[str, str],
) -> Part:
    rows = {row.path: row.values for row in section.rows}
    told = {*columns, *shared}
    rest = tuple(
        row
        for row in section.rows
        if row.path not in told and _text(row) != section.name
    )
    parts = tuple(stated(one)[0] for one in inner)
    return Part(
        name=section.name,
        fragment=section.subject.partition("#")[2],
        cells=(*(rows.get(path, ()) for path in columns), _lines(parts)),
        rest=replace(section, rows=rest),
        inner=parts,
        unstated=unstated,
    )


def _without_inner(part: Part) -> Part:
    return replace(part, cells=part.cells[:-1])


def _inner_title(held: Sequence[_Held]) -> str:
    """Return the kind of what is described inside the parts."""
    kinds = dict.fromkeys(one.kind for _section, inner in held for one in inner)
    labels = [class_named(kind).label for kind in kinds]
    language = current_language()
    return ", ".join(label.get(language) or label["en"] for label in labels)


def _lines(inner: Iterable[Section]) -> tuple[Value, ...]:
    """Return a line for each thing inside a part: ``395 nm, 370 nm to 420 nm``."""
    lines = []
    for one in inner:
        paths = {slot.iri: slot.name for slot in slots_of(one.kind)}
        held = {paths.get(row.path, ""): row.values[0] for row in one.rows}
        text = ", ".join(_measures({name: held[name].words for name in held}))
        if text:
            lines.append(
                replace(next(iter(held.values())), text=text, full=text, unit="")
            )
    return tuple(lines)


def _measures(held: dict[str, str]) -> Iterable[str]:
    yield from (held[one] for one in ("wavelength", "peak_wavelength") if one in held)
    if "fwhm_bandwidth" in held:
        yield _("{width} wide").format(width=held["fwhm_bandwidth"])
    if "cut_on" in held and "cut_off" in held:
        yield _("{first} to {last}").format(first=held["cut_on"], last=held["cut_off"])
    if "illumination_power" in held:
        yield held["illumination_power"]

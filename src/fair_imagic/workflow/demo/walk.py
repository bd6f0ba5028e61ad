"""The demo: the sample study walked from raw files to a public, citable set."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic import clock
from fair_imagic.checks import Severity
from fair_imagic.errors import ConflictError
from fair_imagic.files import write_atomically
from fair_imagic.i18n import _
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import load, of_role
from fair_imagic.publish.settings import Switch, switch_of
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.plans import export as export_dmp
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.publishing import publish
from fair_imagic.workflow.quality import controls as quality
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.sets import software

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.checks import Report
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

__all__ = ["AUTHOR", "SET", "Summary", "run"]

AUTHOR = "Camille Practice"
SET = "demo"
_PERSON = "camille-practice"
_MICROSCOPES = {"widefield": "widefield-1", "confocal": "confocal-2"}
# The page's target comes twice: its record then names what came after its identifier.
_ORDER = (Role.SOFTWARE, Role.PAGE, Role.COPY, Role.PAGE)

# What the researcher and the facility fill in after the first check.
_CORRECTIONS = (
    ("title", "Nuclei of U2OS cells with and without nocodazole"),
    (
        "description",
        "Widefield fields and confocal stacks of DAPI-stained U2OS nuclei with "
        "GFP-tubulin, before and after nocodazole. A synthetic sample study: the "
        "pixels are simulated.",
    ),
    ("license", "CC-BY-4.0"),
    ("keywords", "nuclei; tubulin; nocodazole; fluorescence microscopy"),
    ("creators", _PERSON),
    ("publisher", "institut-cochin"),
    ("language", "en"),
    ("version", "1.0"),
    ("declared_tier", "1"),
    ("funding_statement", "No funding: this is a sample study."),
)


@dataclass(frozen=True)
class Summary:
    """What the demo came to; points are the obligatory and the recommended ones.

    ``identifiers`` are pairs: the name of a target, what it gave (empty where nothing).
    """

    images: int
    points_before: int
    points_after: int
    identifiers: tuple[tuple[str, str], ...]
    plan: Path
    report: Path


def run(workspace: Workspace, folder: Path, *, say: Callable[[str], None]) -> Summary:
    """Walk the sample study below ``folder`` from files to publication.

    Every step may be there already: a second run finds it so and goes on.
    """
    say(_("Making the sample study: two microscopes, twenty images"))
    study = write_study(folder / "study")
    images = _import(workspace, study, say)
    before = _first_check(workspace, folder)
    say(_("First check: {count} points to fix").format(count=before))
    _correct(workspace, study, say)
    say(_("Segmenting nuclei"))
    made = process.run(
        workspace,
        SET,
        "segmentation",
        {"channel": "0"},
        images=("field_01*", "field_02*", "field_03*"),
        author=AUTHOR,
    )
    say(
        _("{count} label masks, linked to their raw images").format(
            count=len(made.images)
        )
    )
    after = check.run(workspace, SET)
    _write_report(after, folder / "report-after.html")
    optional = len(after.findings) - _points(after)
    text = _("Second check: {count} points to fix, {optional} optional ones")
    say(text.format(count=_points(after), optional=optional))
    say(_quality_words(workspace, len(images)))
    _add_scripts_and_plan(workspace, study)
    names = _publish(workspace, say)
    plan = _export_plan(workspace, folder, say)
    return Summary(
        images=len(images),
        points_before=before,
        points_after=_points(after),
        identifiers=tuple((load(token).title, names[token]) for token in names),
        plan=plan,
        report=folder / "report-after.html",
    )


def _import(
    workspace: Workspace, study: StudyFolder, say: Callable[[str], None]
) -> list[str]:
    images = []
    for kind, microscope in _MICROSCOPES.items():
        say(_("Importing the images of {name}").format(name=microscope))
        path = study.microscopes[kind]
        instruments.import_file(workspace, path, author=AUTHOR, name=microscope)
        result = import_images.run(
            workspace,
            [study.images[kind]],
            collection=f"nuclei-{kind}",
            author=AUTHOR,
            instrument=microscope,
        )
        images += result.images
        quality.import_table(workspace, study.quality[kind], microscope, author=AUTHOR)
    with contextlib.suppress(ConflictError):
        sets.create(workspace, SET, author=AUTHOR, title="Nuclei", images="all")
    return images


def _correct(
    workspace: Workspace, study: StudyFolder, say: Callable[[str], None]
) -> None:
    say(_("Correcting: people, samples, texts, and the values that files lack"))
    people.import_table(workspace, study.people, author=AUTHOR)
    root = workspace.record("set", SET)
    tags.apply_file(workspace, root, study.tags, author=AUTHOR)
    repair.set_values(workspace, root, _CORRECTIONS, author=AUTHOR)
    today = clock.today().isoformat()
    repair.set_values(
        workspace, root, [("issued", today)], author=AUTHOR, replace=False
    )
    for assignments, pattern in _IMAGE_CORRECTIONS:
        repair.set_values(
            workspace,
            root,
            assignments,
            author=AUTHOR,
            images=pattern,
            replace=False,
        )


_FLUORESCENCE = (
    ("image.imaging_method", "obo:FBbi_00000246"),
    ("image.imaging_method_label", "fluorescence microscopy"),
)
_FROM_THE_NOTEBOOK = (
    ("image.physical_size_x", "0.323 um"),
    ("image.physical_size_y", "0.323 um"),
    ("image.acquired_at", "2026-03-03T11:09:00Z"),
)
_OBJECTIVE = (
    ("image.objective.model", "Plan-Apochromat 20x/0.8"),
    ("image.objective.manufacturer", "Example Optics"),
    ("image.objective.magnification", "20"),
    ("image.objective.lens_na", "0.8"),
    ("image.objective.immersion_type", "Air"),
)
# Which images each group of values is for; values that are there stay.
_IMAGE_CORRECTIONS = (
    (_FLUORESCENCE, "*"),
    (_FROM_THE_NOTEBOOK, "field_*"),
    (_OBJECTIVE, "field_*"),
    ((("image.channels.exposure_time", "not applicable"),), "zstack_*"),
)


def _add_scripts_and_plan(workspace: Workspace, study: StudyFolder) -> None:
    """Add what the set refers to: once published, it would read as changed since."""
    software.add(
        workspace,
        "nuclei-scripts",
        study.scripts,
        author=AUTHOR,
        set_name=SET,
        title="Scripts of the sample study",
        description="Segments the nuclei of the sample study.",
        license="BSD-3-Clause",
        authors=[_PERSON],
    )
    plans.draft(
        workspace,
        SET,
        contact=_PERSON,
        author=AUTHOR,
        title="Data management plan of the sample study",
        sets=[SET],
    )


def _publish(workspace: Workspace, say: Callable[[str], None]) -> dict[str, str]:
    names = {}
    for target in _targets(workspace):
        say(_("Publishing in practice mode: {target}").format(target=target))
        outcome = publish.run(workspace, SET, target, author=AUTHOR)
        names[target] = outcome.delivery.identifier if outcome.delivery else ""
        for point in outcome.blocking:
            say(f"  {point.message['en']} [{point.code}] {point.focus_label}")
    return names


def _targets(workspace: Workspace) -> list[str]:
    """Return the targets that are on, in the order in which they name each other."""
    return [
        target.token
        for role in _ORDER
        for target in of_role(role)
        if switch_of(target, workspace.settings).switch is not Switch.OFF
    ]


def _export_plan(
    workspace: Workspace, folder: Path, say: Callable[[str], None]
) -> Path:
    say(_("Exporting the data management plan"))
    path = folder / "madmp.json"
    write_atomically(path, export_dmp.run(workspace, SET))
    return path


def _first_check(workspace: Workspace, folder: Path) -> int:
    """Return the points of the first check of all, which a second run keeps."""
    count = folder / "points-before.txt"
    if not count.exists():
        report = check.run(workspace, SET)
        _write_report(report, folder / "report-before.html")
        write_atomically(count, f"{_points(report)}\n")
    return int(count.read_text(encoding="utf-8"))


def _quality_words(workspace: Workspace, images: int) -> str:
    """Say how many images come from a microscope that was controlled in time."""
    report = check.run(workspace, SET, names=["facility-imagic"])
    late = {f.focus for f in report.findings if f.severity is Severity.MUST}
    text = _(
        "Microscope controlled in time: {count} of {total} images (blocks nothing)"
    )
    return text.format(count=images - len(late), total=images)


def _points(report: Report) -> int:
    counted = (Severity.MUST, Severity.SHOULD)
    return sum(1 for finding in report.findings if finding.severity in counted)


def _write_report(report: Report, path: Path) -> None:
    from fair_imagic.checks import as_html

    write_atomically(path, as_html(report))

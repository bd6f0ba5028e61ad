"""Process: new images and results from images, linked to how they were made."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import ExternalToolError, NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.jobs import JobFile
from fair_imagic.jobs.queue import JobQueue
from fair_imagic.jobs.runner import limits_of, run_queued
from fair_imagic.processing import checked, processor
from fair_imagic.workflow.base.authors import default_author
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.checking.subject import find_subject
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing.inputs import input_images
from fair_imagic.workflow.processing.membership import join_set
from fair_imagic.workflow.processing.output_records import Work, keep
from fair_imagic.workflow.processing.outputs import outputs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fair_imagic.jobs import JobResult
    from fair_imagic.processing import InputImage
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.processing.outputs import RunOutputs

    Progress = Callable[[int, int, str], None]

__all__ = ["run", "run_on"]


def run(
    workspace: Workspace,
    name: str,
    token: str,
    parameters: Mapping[str, str] | None = None,
    *,
    images: str | Sequence[str] | None = None,
    all_fitting: bool = False,
    author: str | None = None,
    progress: Progress | None = None,
) -> RunOutputs:
    """Process the raw images of a set or collection and return what was made.

    ``images`` narrows to images of that name, or of several; ``all_fitting`` says that
    all are meant where an exact name fits several. The same processor with the same
    parameters on the same images is run once: a second call returns what is there. All
    that is made joins the set; what stands for an image takes its place there. Raises
    NotFoundError for an unknown processor, InputError for a parameter or image that
    cannot be used, ExternalToolError where an output is not what it should be,
    :class:`~fair_imagic.errors.Cancelled` where the job was stopped.
    """
    root = find_subject(workspace, name)
    processor(token)
    records = images_of(workspace, root, pattern=images, all_fitting=all_fitting)
    inputs = [one for it in records for one in input_images(workspace, it, token)]
    if not inputs:
        raise NotFoundError(
            _("There is no raw image to process"),
            where=label_of(workspace, root),
            found=images if isinstance(images, str) else "",
        )
    return run_on(
        workspace,
        root,
        token,
        list(dict.fromkeys(inputs)),
        parameters,
        author=author,
        progress=progress,
    )


def run_on(
    workspace: Workspace,
    root: str,
    token: str,
    inputs: Sequence[InputImage],
    parameters: Mapping[str, str] | None = None,
    *,
    author: str | None = None,
    progress: Progress | None = None,
) -> RunOutputs:
    """Process images of a set or collection that were chosen already; see ``run``."""
    chosen = processor(token)
    probe = chosen.probe()
    if not probe.is_available:
        raise ExternalToolError(_("This processor cannot run here"), found=probe.reason)
    who = author or default_author()
    ordered = tuple(sorted(inputs, key=lambda one: (one.name, one.image)))
    work = _work(
        workspace, token, ordered, checked(chosen.parameters, parameters or {})
    )
    remarks: tuple[str, ...] = ()
    made = outputs_of(workspace, work.iri)
    if made is None:
        result = _executed(workspace, work, who, progress)
        keep(workspace, work, result)
        remarks = result.remarks
        made = outputs_of(workspace, work.iri)
        assert made is not None  # noqa: S101, kept just now
    join_set(workspace, root, made, author=who, reason=work.title)
    return replace(made, remarks=remarks)


def _work(
    workspace: Workspace,
    token: str,
    inputs: tuple[InputImage, ...],
    parameters: Mapping[str, str],
) -> Work:
    """Return the run for all that its result may depend on: the same is run once."""
    told = [asdict(one) | {"path": one.path.name} for one in inputs]
    key = json.dumps([token, parameters, told], sort_keys=True)
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    record = workspace.mint("run", f"{token}-{digest}")
    return Work(
        iri=record,
        title=f"{token} ({len(inputs)})",
        processor=token,
        inputs=inputs,
        parameters=parameters,
        folder=workspace.settings.home / "runs" / record.rpartition("/")[2],
    )


def _executed(
    workspace: Workspace, work: Work, author: str, progress: Progress | None
) -> JobResult:
    shutil.rmtree(work.folder, ignore_errors=True)  # what a killed run left behind
    queue = JobQueue(workspace.catalogue.database)
    queue.recover()  # jobs whose process was killed
    number = queue.add(
        "process",
        subject=work.iri,
        title=work.title,
        author=author,
        folder=str(work.folder),
    )
    queue.claim(number)
    return run_queued(
        queue,
        number,
        job=JobFile(
            processor=work.processor,
            inputs=work.inputs,
            parameters=work.parameters,
            language=current_language(),
        ),
        folder=work.folder,
        limits=limits_of(workspace.settings),
        progress=_in_percent(progress),
    )


def _in_percent(progress: Progress | None) -> Callable[[float, str], None] | None:
    if progress is None:
        return None
    return lambda fraction, what: progress(round(100 * fraction), 100, what)

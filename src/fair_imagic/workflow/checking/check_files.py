"""Check files: a folder, an image or a document on its own, without a catalogue."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.guards import CODES
from fair_imagic.config import load
from fair_imagic.documents import Content, kind_of, kinds, refuse_utf_16
from fair_imagic.errors import InputError, NotFoundError, UnreadableFileError
from fair_imagic.i18n import LANGUAGES, _, current_language
from fair_imagic.readers import ImageFile, find_filesets
from fair_imagic.workflow.checking.check import check_folder
from fair_imagic.workflow.checking.document import document_of
from fair_imagic.workflow.checking.fitting_profiles import fitting_profiles
from fair_imagic.workflow.checking.requirements import chosen_profiles
from fair_imagic.workflow.checking.verdict import verdict_on_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.checks import Profile, Report
    from fair_imagic.checks.checker import Origin
    from fair_imagic.documents import Kind
    from fair_imagic.workflow.checking.document import Document
    from fair_imagic.workflow.checking.verdict import Verdict
    from fair_imagic.workflow.images.import_images import Problem

    Progress = Callable[[int, int, str], None]

__all__ = ["Checked", "check_data", "check_path", "kind_of_path"]

# How many files of a folder are looked at to say what it holds.
_LOOKED_AT = 50
# How many files that are passed over for one reason are named one by one.
_NAMED = 3


@dataclass(frozen=True)
class Checked:
    """The verdict on a file, folder or document, and remarks to tell beside it."""

    verdict: Verdict
    remarks: tuple[str, ...] = ()

    @property
    def report(self) -> Report:
        """Return the report of the verdict."""
        return self.verdict.report


def check_path(
    path: Path,
    *,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check a folder, an image file or a document; the content says which it is.

    ``names`` and ``extra`` are as in :func:`~fair_imagic.workflow.checking.check.run`;
    without names, the requirements that fit the kind are taken. Files are only read.
    Raises :class:`~fair_imagic.errors.InputError` for what cannot be checked.
    """
    place = _document_of(path)
    groups = find_filesets([place.absolute()]) if place.is_file() else None
    if groups is not None and not groups.groups:
        content = Content(str(path), path=place, limit_mb=load().document_max_mb)
        kind = _kind(content)
        if kind is not None:
            document = document_of(kind, content)
            return _report(
                document, names, extra, declared_tier=declared_tier, progress=progress
            )
        _refuse_unknown(path)
    try:
        verdict, result = check_folder(
            path,
            names=names,
            extra=extra,
            declared_tier=declared_tier,
            groups=groups,
            progress=progress,
        )
    except InputError:
        if path.is_dir():
            _refuse_documents(path)
        raise
    return Checked(_placed(verdict, str(path)), tuple(_told(result.problems)))


def _placed(verdict: Verdict, place: str) -> Verdict:
    """Return a verdict whose report says where lies what was checked."""
    return replace(verdict, report=replace(verdict.report, place=place))


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield what was passed over: of many files for one reason, how many and a few."""
    by_reason: dict[str, list[str]] = {}
    for one in problems:
        by_reason.setdefault(one.reason, []).append(str(one.path))
    for reason, paths in by_reason.items():
        if len(paths) <= _NAMED:
            yield from (f"{path}: {reason}" for path in paths)
        else:
            yield _("{count} files: {reason}; the first: {path}").format(
                count=len(paths), reason=reason, path=paths[0]
            )


def check_data(
    data: bytes | Mapping[str, object],
    *,
    name: str,
    names: Sequence[str] = (),
    extra: Path | None = None,
    declared_tier: int | None = None,
) -> Checked:
    """Check the bytes of a document, or JSON that is parsed already."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    content = Content(name, data=raw, limit_mb=load().document_max_mb)
    kind = _kind(content)
    if kind is None:
        raise _unknown(name)
    document = document_of(kind, content)
    return _report(document, names, extra, declared_tier=declared_tier)


def kind_of_path(path: Path) -> Kind | None:
    """Return the kind of document that a path is, or None (it may be an image)."""
    place = _document_of(path)
    if not place.is_file():
        return None
    return kind_of(Content(str(path), path=place, limit_mb=load().document_max_mb))


def _document_of(path: Path) -> Path:
    """Return the file to look at: of a folder, the one that stands for it."""
    if not path.exists():
        raise NotFoundError(_("There is no such file or folder"), where=str(path))
    if not path.is_file() and not path.is_dir():
        raise InputError(
            _("This is neither a file nor a folder"),
            where=str(path),
            expected=_("a file or a folder"),
        )
    if not path.is_dir():
        return path
    inside = (path / name for kind in kinds() for name in kind.inside)
    return next((one for one in inside if one.is_file()), path)


def _kind(content: Content) -> Kind | None:
    if not content.head.strip():
        raise InputError(
            _("The file is empty"),
            where=content.name,
            expected=_("a document or an image"),
        )
    if not content.is_xml:
        refuse_utf_16(content.head, content.name)
    return kind_of(content)


def _refuse_unknown(path: Path) -> None:
    """Raise InputError for a file that no image reader takes either."""
    try:
        ImageFile(path).close()
    except UnreadableFileError as error:
        raise _unknown(str(path)) from error


def _refuse_documents(folder: Path) -> None:
    """Raise InputError for a folder without images that holds documents."""
    files = sorted(one for one in folder.iterdir() if one.is_file())
    names = [one.name for one in files[:_LOOKED_AT] if _is_document(one)]
    if names:
        raise InputError(
            _("The folder holds no image, but documents that can be checked"),
            where=str(folder),
            found=", ".join(names[:5]) + (", ..." if len(names) > 5 else ""),
            hint=_("Check them one by one, or with `fair-imagic check-files`."),
        )


def _is_document(path: Path) -> bool:
    try:
        return kind_of_path(path) is not None
    except InputError:
        return False  # broken: it is told when it is checked itself


def _unknown(name: str) -> InputError:
    titles = ", ".join(kind.title() for kind in kinds())
    return InputError(
        _("The content of the file is of no kind that can be checked"),
        where=name,
        expected=_("an image, {kinds}").format(kinds=titles),
        hint=_("`fair-imagic readers --explain FILE` says how a file is seen."),
    )


def _report(
    document: Document,
    names: Sequence[str],
    extra: Path | None,
    *,
    declared_tier: int | None,
    progress: Progress | None = None,
) -> Checked:
    chosen = _chosen(document, names, extra, declared_tier)
    verdict = verdict_on_document(
        document.snapshot,
        chosen,
        declared=declared_tier,
        origin=_places(document),
        progress=progress,
    )
    report = verdict.report
    _refuse_unlooked(report, document)
    tokens = {token for profile in chosen for token in profile.tokens}
    spared = _spared(document, chosen, names)
    questions = document.reading.questions or frozenset()
    kept = [one for one in document.findings if one.profile in tokens]
    kept += [
        one
        for one in report.findings
        if one.profile not in spared or (one.profile, one.path) in questions
    ]
    unique = {one.sort_key: one for one in kept}
    findings = tuple(unique[key] for key in sorted(unique))
    place = document.reading.name
    judged = replace(verdict, report=replace(report, findings=findings, place=place))
    return Checked(judged, document.remarks)


def _places(document: Document) -> Origin:
    """Return what says where in a document a value is, the same in every language."""

    def places(focus: str, path: str, value: str | None) -> dict[str, str]:
        place = document.reading.origin(focus, path, value)
        return dict.fromkeys(LANGUAGES, place) if place else {}

    return places


def _chosen(
    document: Document,
    names: Sequence[str],
    extra: Path | None,
    declared_tier: int | None,
) -> list[Profile]:
    if names or declared_tier is not None:
        wanted = names or document.profiles
        return chosen_profiles(
            wanted, extra=extra, declared_tier=declared_tier, alone=True
        )
    tokens = list(document.profiles)
    if extra is not None:
        fit = fitting_profiles(document.snapshot.graph, extra=extra)
        tokens += [one.token for one in fit if one.folder.is_relative_to(extra)]
    return chosen_profiles(list(dict.fromkeys(tokens)), extra=extra, alone=True)


def _spared(
    document: Document, chosen: Sequence[Profile], names: Sequence[str]
) -> frozenset[str]:
    """Return the requirements that ask only what the format has a place for.

    Those that fit the kind of document do; those that a person names ask everything.
    """
    if document.reading.questions is None:
        return frozenset()
    fit = [one for one in chosen if one.token in document.profiles]
    tokens = {token for profile in fit for token in profile.tokens} | {"model"}
    return frozenset(tokens - (set(names) - set(document.profiles)))


def _refuse_unlooked(report: Report, document: Document) -> None:
    """Raise InputError where something was not looked at: it must not conform."""
    language = current_language()
    unlooked = [one for one in report.findings if one.code in CODES]
    if not unlooked:
        return
    first = unlooked[0]
    listed = [one.value or one.focus for one in unlooked]
    place = document.reading.origin(first.focus, "", None) or first.focus
    raise InputError(
        first.message[language],
        where=f"{document.reading.name}: {place}",
        found=", ".join(dict.fromkeys(listed)) if first.value else "",
        hint=first.repair[language],
    )

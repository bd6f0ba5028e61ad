"""The Python call: check a file, a folder, JSON or RDF as the command line does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from fair_imagic.errors import InputError
from fair_imagic.i18n import _, current_language, use_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks import Report
    from fair_imagic.workflow.checking.check_files import Checked

__all__ = ["check"]


class _Graph(Protocol):
    """What is needed of an rdflib graph."""

    def serialize(self, *, format: str, encoding: str) -> bytes: ...


def check(
    subject: str | os.PathLike[str] | Mapping[str, object] | bytes | _Graph,
    *,
    profiles: Sequence[str] = (),
    profiles_folder: str | os.PathLike[str] | None = None,
    declared_tier: int | None = None,
    name: str = "document",
    language: str | None = None,
) -> Report:
    """Check a document, image, folder or graph; no catalogue is needed or made.

    Parameters
    ----------
    subject
        A path to a folder, an image file or a document; or a document itself: JSON
        that is parsed already (a mapping), its bytes, or an ``rdflib.Graph``. What it
        is, its content says.
    profiles
        Names of requirements, such as ``("datacite",)``. By default those that fit
        the kind of document.
    profiles_folder
        A folder with requirements of your own.
    declared_tier
        The NBO-Q tier that is claimed, 1 to 3.
    name
        What messages call a document that is no file.
    language
        ``en`` or ``fr``, for errors; by default the language in use. The points of
        the report have both.

    Returns
    -------
    Report
        ``conforms`` is whether nothing obligatory is missing, ``findings`` are the
        points to fix, worst first, ``readiness`` has one line for each of the
        requirements, and ``to_dict()`` gives it as JSON-ready data.
        :func:`fair_imagic.checks.as_text`, ``as_html`` and ``as_json`` draw it. Files
        that could not be read are told in the log ``fair_imagic``.

    Raises
    ------
    FairImagicError
        For what cannot be checked: no such file, not readable, nothing in it that
        requirements speak about. It never counts as conforming.

    Examples
    --------
    >>> import fair_imagic
    >>> report = fair_imagic.check({"dmp": {"title": "Imaging of nuclei"}})
    >>> report.conforms
    False
    >>> report.findings[0].code, report.findings[0].path
    ('madmp/dmp-contact-needed', 'dmp.contact')
    """
    from pathlib import Path

    from fair_imagic.workflow.checking import check_files

    folder = None if profiles_folder is None else Path(profiles_folder)
    with use_language(language or current_language()):
        if isinstance(subject, str | os.PathLike):
            checked = check_files.check_path(
                Path(subject), names=profiles, extra=folder, declared_tier=declared_tier
            )
        else:
            checked = check_files.check_data(
                _document(subject),
                name=name,
                names=profiles,
                extra=folder,
                declared_tier=declared_tier,
            )
    return _told(checked)


def _document(
    subject: Mapping[str, object] | bytes | _Graph,
) -> Mapping[str, object] | bytes:
    if isinstance(subject, Mapping | bytes):
        return subject
    if not hasattr(subject, "serialize"):
        raise InputError(
            _("This is nothing that can be checked"),
            expected=_("a path, bytes, a mapping or an `rdflib.Graph`"),
            found=type(subject).__name__,
        )
    return subject.serialize(format="nt", encoding="utf-8")


def _told(checked: Checked) -> Report:
    import logging

    for remark in checked.remarks:
        logging.getLogger("fair_imagic").warning("%s", remark)
    return checked.report

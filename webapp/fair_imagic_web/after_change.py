"""After a change: who changed a set waits for its check, so that no page has to."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from flask import request

from fair_imagic.errors import FairImagicError
from fair_imagic.workflow.checking.verdict import check_if_small
from fair_imagic_web.service import workspace

if TYPE_CHECKING:
    from flask import Response

__all__ = ["check"]

_SET = re.compile(r"/set/([^/]+)")
_LEADS_ON = 300


def check(response: Response) -> Response:
    """Check the set that an answered form was about, where that takes no time."""
    if request.method == "POST" and response.status_code // 100 * 100 == _LEADS_ON:
        place = urlsplit(response.headers.get("Location", "")).path
        about = _SET.match(request.path) or _SET.match(place)
        if about is not None:
            # what cannot be checked is told by the page that asks for it
            with contextlib.suppress(FairImagicError):
                check_if_small(workspace(), unquote(about[1]))
    return response

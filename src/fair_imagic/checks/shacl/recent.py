"""The last evaluations in this process: a check after a correction is quick."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.evaluation import Evaluation
    from fair_imagic.checks.shacl.graph import DataGraph
    from fair_imagic.checks.shacl.shapes import Shapes
    from fair_imagic.rdf import Term

__all__ = ["evaluate_again"]

_MOST = 4
# What is larger is not kept: memory is worth more then than a second of time.
_MOST_STATEMENTS = 100_000
_recent: OrderedDict[str, tuple[Shapes, Evaluation]] = OrderedDict()
_LOCK = threading.Lock()


def evaluate_again(
    shapes: Shapes,
    data: DataGraph,
    *,
    subject: str,
    counted: AbstractSet[Term] = frozenset(),
) -> Evaluation:
    """Check data like :func:`evaluate`, asking only what changed since the last time.

    ``subject`` is the record that the data are about.
    """
    with _LOCK:
        held = _recent.get(subject)
    earlier = held[1] if held is not None and held[0] is shapes else None
    evaluation = evaluate(shapes, data, previous=earlier, counted=counted, direct=True)
    if data.size <= _MOST_STATEMENTS:
        with _LOCK:
            _recent[subject] = (shapes, evaluation)
            _recent.move_to_end(subject)
            while len(_recent) > _MOST:
                _recent.popitem(last=False)
    return evaluation

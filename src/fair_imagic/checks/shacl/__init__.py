"""The check engine: a filter names the nodes that may fail, pySHACL decides.

One function, :func:`evaluate`, is all that the rest of the package sees.
"""

from __future__ import annotations

from fair_imagic.checks.shacl.evaluation import Evaluation, evaluate
from fair_imagic.checks.shacl.recent import evaluate_again
from fair_imagic.checks.shacl.result import Result

__all__ = ["Evaluation", "Result", "evaluate", "evaluate_again"]

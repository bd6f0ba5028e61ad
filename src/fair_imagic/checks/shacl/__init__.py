"""The SHACL engine: a filter names the nodes that may fail, pySHACL decides.

A library of its own: it knows shapes and statements, and nothing of requirements,
findings or the model.
"""

from __future__ import annotations

from fair_imagic.checks.shacl.code import code_version
from fair_imagic.checks.shacl.evaluation import Evaluation, evaluate
from fair_imagic.checks.shacl.graph import DataFile, DataGraph
from fair_imagic.checks.shacl.plain_data import from_json, to_json
from fair_imagic.checks.shacl.recent import evaluate_again
from fair_imagic.checks.shacl.result import Result
from fair_imagic.checks.shacl.shapes import Shapes
from fair_imagic.checks.shacl.statement_cache import recall_statements

__all__ = [
    "DataFile",
    "DataGraph",
    "Evaluation",
    "Result",
    "Shapes",
    "code_version",
    "evaluate",
    "evaluate_again",
    "from_json",
    "recall_statements",
    "to_json",
]

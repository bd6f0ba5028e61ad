"""Data management plans as a view of the catalogue."""

from fair_imagic.dmp.commitment import SUBJECTS, Commitment, commitments_of
from fair_imagic.dmp.plan_record import PlanRecord, read_plan
from fair_imagic.dmp.plan_shapes import PlannedOutput, constraints_of, plan_shapes
from fair_imagic.dmp.rda_dcs import export
from fair_imagic.dmp.rules import points_to_fix
from fair_imagic.documents.madmp import VERSIONS

__all__ = [
    "SUBJECTS",
    "VERSIONS",
    "Commitment",
    "PlanRecord",
    "PlannedOutput",
    "commitments_of",
    "constraints_of",
    "export",
    "plan_shapes",
    "points_to_fix",
    "read_plan",
]

"""Data management plans as a view of the catalogue."""

from fair_imagic.dmp.plan_record import PlanRecord, read_plan
from fair_imagic.dmp.rda_dcs import VERSIONS, export
from fair_imagic.dmp.rules import points_to_fix

__all__ = ["VERSIONS", "PlanRecord", "export", "points_to_fix", "read_plan"]

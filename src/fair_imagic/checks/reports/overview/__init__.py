"""The overview of many checks drawn as text, HTML, JSON, JUnit XML and RDF."""

from fair_imagic.checks.reports.overview.form import FORMS, Form
from fair_imagic.checks.reports.overview.parts import Parts
from fair_imagic.checks.reports.overview.text import overview_as_text

__all__ = ["FORMS", "Form", "Parts", "overview_as_text"]

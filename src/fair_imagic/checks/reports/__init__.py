"""The report drawn as text, HTML, JSON, JUnit XML and RDF: one module a form."""

from fair_imagic.checks.reports.html import as_html
from fair_imagic.checks.reports.json import as_json
from fair_imagic.checks.reports.junit import as_junit
from fair_imagic.checks.reports.short_text import as_short_text
from fair_imagic.checks.reports.text import as_text
from fair_imagic.checks.reports.turtle import as_turtle

__all__ = ["as_html", "as_json", "as_junit", "as_short_text", "as_text", "as_turtle"]

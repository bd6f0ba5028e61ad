"""The landing page of a published set, for people and for machines."""

from fair_imagic.publish.landing.facts import Landing, landing_of
from fair_imagic.publish.landing.linked_data import (
    jsonld_statements,
    page_statements,
    to_jsonld,
    to_turtle,
)
from fair_imagic.publish.landing.page import to_html
from fair_imagic.publish.landing.signposting import (
    Link,
    link_header,
    links_of,
    linkset,
)

__all__ = [
    "Landing",
    "Link",
    "jsonld_statements",
    "landing_of",
    "link_header",
    "links_of",
    "linkset",
    "page_statements",
    "to_html",
    "to_jsonld",
    "to_turtle",
]

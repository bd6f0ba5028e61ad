"""The web service of FAIR Imag'IC."""

from fair_imagic_web.app import create_app
from fair_imagic_web.server import serve

__all__ = ["create_app", "serve"]

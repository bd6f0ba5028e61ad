"""Practice archives on this machine: strict, falsifiable, with faults on demand."""

from fair_imagic.sandbox.faults import Fault
from fair_imagic.sandbox.practice import Archive, Place, Practice
from fair_imagic.sandbox.server import Sandbox, running, serve, start

__all__ = [
    "Archive",
    "Fault",
    "Place",
    "Practice",
    "Sandbox",
    "running",
    "serve",
    "start",
]

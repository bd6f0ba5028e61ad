"""The rule about the format: a note has a day."""

from fair_imagic.checks.point import Points


def points(reading):
    if "day" not in reading.form:
        yield Points("set", reading.root, reading.label).make(
            "note-without-day",
            message="The note has no day",
            repair="Write a line Day: 2026-11-22",
            place="1",
        )

"""How tables of older programs become those of this one: one file for each step.

A step is ``versions/rNNNN_<what>.py`` with the next number; it names no table of
:mod:`fair_imagic.catalogue.tables`, which goes on changing, and works on every engine.
Its ``title`` is the line that people see when it runs.
"""

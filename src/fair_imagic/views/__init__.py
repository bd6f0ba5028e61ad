"""Read models: what pages show, one module for each kind of page.

Import the module that is needed: pages of one kind do not load those of another.
"""

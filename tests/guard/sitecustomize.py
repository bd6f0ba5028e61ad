"""Carries the network guard into every Python process that a test starts.

Found because ``tests/conftest.py`` puts this folder on ``PYTHONPATH``.
"""

import os

import network_guard

if os.environ.get(network_guard.LOG_VARIABLE):
    network_guard.install()

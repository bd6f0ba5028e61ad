"""Tests of whole nodes that SHACL cannot express, each by its name in the shapes.

A rule names its test with ``fi:nodeTest`` and its nodes with a target. The test sees
all statements of the snapshot, so that it can follow links to other records; every
term that it returns (None: the node as a whole) gives a finding of that rule.
"""

from fair_imagic.checks.node_tests.registry import NODE_TESTS, NodeTest, node_test

__all__ = ["NODE_TESTS", "NodeTest", "node_test"]

"""The sample study: images and records that the project makes itself."""

from fair_imagic.workflow.demo.sample_study.folder import StudyFolder, write_study

__all__ = ["StudyFolder", "write_study"]

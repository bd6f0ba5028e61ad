"""Jobs: work in child processes, from a job file to a checked result folder."""

from fair_imagic.jobs.executor import Limits, run_job
from fair_imagic.jobs.job_file import JobFile
from fair_imagic.jobs.queue import Job, JobQueue, JobState
from fair_imagic.jobs.result import JobOutput, JobResult, verified_result
from fair_imagic.jobs.runner import limits_of, run_queued

__all__ = [
    "Job",
    "JobFile",
    "JobOutput",
    "JobQueue",
    "JobResult",
    "JobState",
    "Limits",
    "limits_of",
    "run_job",
    "run_queued",
    "verified_result",
]

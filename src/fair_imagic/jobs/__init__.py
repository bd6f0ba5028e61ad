"""Jobs: work in child processes, from a job file to a checked result folder.

The table of jobs is in :mod:`fair_imagic.jobs.queue`: the child, which imports this
package, must not load the database.
"""

from fair_imagic.jobs.executor import Limits, run_job
from fair_imagic.jobs.job_file import JobFile
from fair_imagic.jobs.result import JobOutput, JobResult, verified_result

__all__ = [
    "JobFile",
    "JobOutput",
    "JobResult",
    "Limits",
    "run_job",
    "verified_result",
]

"""A `map` for `grade_class` that spreads the work with Dask: over this machine, or a cluster.

Dask comes with the extra `class`; nothing else imports it.
"""

import logging
import warnings
from contextlib import contextmanager
from itertools import islice

import dask
from distributed import Client, LocalCluster, as_completed

from . import sandbox
from .record import key_of

AHEAD = 4  # jobs a worker: enough to keep it busy, few enough to keep the class on disk
PATIENCE = 60  # seconds until a worker must be there
PROGRAM = "Start the cluster's workers in the same environment, with the same state of the course"


class Unfit(SystemExit):
    """Why these workers can't grade: ends the command with a sentence."""


def over(scheduler=None, workers=None, sandboxed=True):
    """The `map`: over so many processes here (one a core), or the cluster at this address."""

    def map(function, jobs):
        with cluster(scheduler, workers) as client:
            check(client, sandboxed)
            yield from spread(client, function, jobs)

    return map


@contextmanager
def cluster(scheduler, workers):
    if scheduler:
        with there(scheduler) as client:
            yield client
        return
    # Whoever can speak to a worker can make it do anything. Other users of this machine may be
    # the learners, so both sides show a certificate that is made for this run, and no page tells
    # of it.
    silent = {f"distributed.{part}.http.routes": [] for part in ("scheduler", "worker")}
    with (
        dask.config.set(silent),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"allowed_failures": 1},
            security=True,
            silence_logs=logging.CRITICAL,
        ) as here,
        Client(here) as client,
    ):
        yield client


def there(scheduler):
    try:
        return Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise Unfit(f"No Dask scheduler answers at {scheduler} ({error}).") from error


def check(client, sandboxed):
    """Whether every worker has this very program, and a sandbox that works."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise Unfit(f"The cluster has no worker, after {PATIENCE} s.") from error
    for address, program in asked(client, key_of, b""):
        if program != key_of(b""):
            raise Unfit(f"The worker {address} has another course_utils than this one. {PROGRAM}.")
    for address, reason in asked(client, sandbox.missing, "/") if sandboxed else ():
        if reason:
            raise Unfit(f"On the worker {address}: {reason}")


def asked(client, function, argument):
    """What each worker answers; one that died meanwhile is left out."""
    answers = client.run(function, argument, on_error="return")
    return [pair for pair in answers.items() if not isinstance(pair[1], Exception)]


def spread(client, function, jobs):
    """Results as they come.

    A job may fall with a worker that another job has killed. So it is tried again at the end,
    alone; if its worker dies even then, that is its result.
    """
    jobs, sent, fallen = iter(jobs), {}, []
    # A task of its own, not scattered data: it is made again when all that hold it have died.
    shared = client.submit(itself, function, pure=False)

    def start(job):
        with warnings.catch_warnings():  # a notebook of 20 MB is large, but it is sent once
            warnings.filterwarnings("ignore", "Sending large graph")
            future = client.submit(call, shared, job, pure=False)
        sent[future.key] = job
        return future

    window = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    running = as_completed(map(start, islice(jobs, window)))
    for future in running:
        job = sent.pop(future.key)
        if future.status == "finished":
            yield future.result()
        else:
            fallen.append(job)
        future.release()
        for following in islice(jobs, 1):
            running.add(start(following))
    for job in fallen:
        try:
            result = start(job).result()
        except Exception as error:
            result = job.student, job.key, error
        yield result


def itself(function):
    return function


def call(function, job):
    return function(job)

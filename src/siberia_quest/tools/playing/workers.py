"""Processes that play games side by side: an ordinary executor, or none where one process is as good."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

#: Fewer games than this are played sooner in one process than others start.
WORTH_IT = 200


def cores() -> int:
    """Return how many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers(jobs: int, games: int) -> Iterator[Executor | None]:
    """Lend an executor with so many processes, 0 for one a core; None where there would be one, or games are few."""
    jobs = jobs or cores()
    if jobs == 1 or games < WORTH_IT:
        yield None
        return
    # Spawned on every system alike: a fork would copy threads' locks.
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)

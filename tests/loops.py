"""Running a coroutine in a test, whatever ran in the process before."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_coroutine(asked: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine returns; in a thread of its own, since Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()

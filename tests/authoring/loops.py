"""A place without a running event loop; Playwright keeps one running beside a browser."""

import asyncio
import contextlib


@contextlib.contextmanager
def no_loop_around():
    """What is inside may run a loop of its own."""
    around = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(around)

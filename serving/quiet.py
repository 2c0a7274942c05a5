"""Logs without personal data: exceptions are logged with their type and place, never with their message.

A validation error quotes what was sent, a database error quotes a row; both may be a name or a telephone number.
"""

from __future__ import annotations

import logging
import traceback

VALUE_LOGGERS = (
    "bentoml._internal.server.http_app",
    "bentoml.serve",
    "uvicorn.error",
    "asyncio",
)
"""Loggers that are handed exceptions made of what was sent."""


class WithoutValues(logging.Filter):
    """Replaces an exception by its type and the lines where it was raised."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the messages of its exception."""
        found = record.exc_info
        if found and found[0] is not None:
            lines = traceback.format_list(traceback.extract_tb(found[2]))
            record.exc_text = f"{''.join(lines)}{found[0].__module__}.{found[0].__qualname__}"
            record.exc_info = None
        return True


def silence_values() -> None:
    """Put the filter on every logger that needs it; doing so again changes nothing."""
    for name in VALUE_LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, WithoutValues) for found in logger.filters):
            logger.addFilter(WithoutValues())


def log_to_stderr() -> None:
    """Send warnings of everyone and our own progress to standard error."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("serving").setLevel(logging.INFO)

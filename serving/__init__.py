"""The serving room: the service that dialers, sales reps and browsers ask, and the queue that it hands leads from.

``serve`` starts the one BentoML service, with its pages and its access keys; ``make_service`` builds it without
starting it. ``fill_queue`` scores all open leads and puts them in the order in which they are called; ``grade_scores``
says what the scores mean to people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from serving.graded_scores import grade_scores
from serving.ranking import fill_queue
from serving.server import serve

if TYPE_CHECKING:
    from serving.service import make_service

__all__ = ["fill_queue", "grade_scores", "make_service", "serve"]


def __getattr__(name: str) -> Any:
    """``make_service`` comes with BentoML, which is imported only by those who ask for it."""
    if name == "make_service":
        from serving.service import make_service

        return make_service
    raise AttributeError(f"module {__name__} has no attribute {name}")

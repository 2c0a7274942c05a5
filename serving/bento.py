"""BentoML, imported here and nowhere else, because it reads switches from the environment when it is imported."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ValidationError

from serving.unread_questions import explain_question

os.environ.setdefault("BENTOML_DO_NOT_TRACK", "True")  # the word: 1 is ignored
os.environ.setdefault("OTEL_SDK_DISABLED", "true")  # its traces go nowhere and cost a third of the throughput

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of a name in pathspec that BentoML still uses
    import bentoml
    from bentoml import api, on_shutdown, on_startup

if TYPE_CHECKING:
    from data.settings import Settings

__all__ = ["bentoml", "keep_files_at_home", "on_begin", "on_end", "route"]

Method = TypeVar("Method", bound=Callable[..., Any])


def route(method: Method) -> Method:
    """Make a method of the service a route, POST under its own name.

    A body that is no question reaches the method as the :class:`BadInput` that says why; BentoML alone would answer
    in pydantic's words and log a traceback.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a hook of pydantic that BentoML still uses
        made: Any = api(method)
    read = made.input_spec.from_http_request

    async def read_question(request: Any, serde: Any) -> Any:
        try:
            return await read(request, serde)
        except ValidationError as error:
            return explain_question(method.__name__, error)

    made.input_spec.from_http_request = read_question
    return cast("Method", made)


def on_begin(method: Method) -> Method:
    """Let a method of the service run when the service begins."""
    marked: Method = on_startup(method)
    return marked


def on_end(method: Method) -> Method:
    """Let a method of the service run when the service ends."""
    marked: Method = on_shutdown(method)
    return marked


def keep_files_at_home(settings: Settings) -> None:
    """Let BentoML and its metrics write below callworth's home, not in the user's own.

    To be called before the first service is made: the folder of the metrics is looked at once.
    """
    home = settings.home / "bentoml"
    metrics = home / "metrics"
    metrics.mkdir(parents=True, exist_ok=True)
    for left_over in metrics.glob("*.db"):  # of a process that has ended; its counts would be added to ours
        left_over.unlink()
    os.environ["BENTOML_HOME"] = str(home)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)

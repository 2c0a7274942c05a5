"""Ctrl-C at any moment: one sentence and exit status 130, whatever the interrupted code made of it."""

from __future__ import annotations

import signal
import sys
from threading import Timer, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 128 + signal.SIGINT
SENTENCE = "callworth: interrupted; nothing was left half done.\n"
AGAIN_SECONDS = 0.05


class Interruption:
    """A block that Ctrl-C may end at any moment.

    Libraries turn the interrupt into errors of their own, or drop it where they cannot raise. So it is remembered:
    what leaves the block after it, but for an exit status of 0, is the interrupt. What follows the block, the end of
    the process, is not interrupted any more.

    Attributes:
        received: Ctrl-C was pressed.
    """

    def __init__(self) -> None:
        self.received = False

    def __enter__(self) -> Interruption:
        sys.unraisablehook = self._report_dropped
        signal.signal(signal.SIGINT, lambda *_: self._receive())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        done = error is None or (isinstance(error, SystemExit) and not error.code)
        if self.received and not done:
            sys.stderr.write(SENTENCE)
            raise SystemExit(INTERRUPTED)

    def _receive(self) -> None:
        self.received = True
        raise KeyboardInterrupt

    def _report_dropped(self, dropped: sys.UnraisableHookArgs) -> None:
        """Press again, a moment later, where the interrupt came in a callback that can raise nothing."""
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            Timer(AGAIN_SECONDS, signal.pthread_kill, (main_thread().ident, signal.SIGINT)).start()
        elif not self.received:
            sys.__unraisablehook__(dropped)

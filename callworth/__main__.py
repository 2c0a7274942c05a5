"""``callworth`` on the command line: runs a command and turns what callworth refuses into an exit status."""

from __future__ import annotations

import os
import sys

from callworth.interruption import Interruption


def main() -> None:
    """Run the command line; exit status 0 done, 1 the answer is no, 2 bad input, 3 environment, 130 interrupted."""
    # Shared cores: OpenMP threads that spin while they wait slow everyone down; read when LightGBM is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    with Interruption() as interruption:
        # Loading the commands takes a second, in which Ctrl-C is heard already.
        from callworth.app import app
        from callworth.output import say_error
        from data.errors import CallworthError
        from data.store.postgres import tell_faults

        try:
            with tell_faults():
                app()
        except CallworthError as error:
            if not interruption.received:
                say_error(str(error))
            sys.exit(error.exit_status)
        except (BrokenPipeError, SystemExit) as error:
            if not _is_cut_off(error):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_cut_off(error: BaseException) -> bool:
    """Whether the reader of a pipe went away, as head does, which is no fault; rich makes an exit status of it."""
    return isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError)


if __name__ == "__main__":
    main()

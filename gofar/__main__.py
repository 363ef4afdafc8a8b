"""The command line: ``gofar …`` and ``python -m gofar …``."""

from __future__ import annotations

import sys

from gofar.names import check_names

# 1 the input was refused; 2 wrong use or settings; 3 the store failed; 4 a conflict; 5 not allowed.
EXIT_CODES: dict[str, int] = {
    "InputError": 1,
    "ConfigurationError": 2,
    "StoreError": 3,
    "Conflict": 4,
    "AccessDenied": 5,
    "GofarError": 1,
}


def exit_code(error: BaseException) -> int:
    """Return the exit code for an error of ours: that of its nearest class in EXIT_CODES."""
    return next(
        EXIT_CODES[error_class.__name__]
        for error_class in type(error).__mro__
        if error_class.__name__ in EXIT_CODES
    )


def main() -> None:
    """Run the command line; an error of ours is one message and an exit code, never a traceback."""
    # Before anything of ours is imported: a foreign package of the same name must not get to run.
    from graph.errors import GofarError  # noqa: PLC0415

    try:
        check_names()
        from gofar.cli import gofar  # noqa: PLC0415
        from gofar.logs import hide_locals  # noqa: PLC0415

        hide_locals()
        gofar(prog_name="gofar")
    except GofarError as error:
        sys.stderr.write(f"gofar: {error}\n")
        sys.exit(exit_code(error))


if __name__ == "__main__":
    main()

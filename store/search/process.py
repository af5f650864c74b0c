# SPDX-License-Identifier: GPL-2.0-or-later
"""A second Python that works while this one does.

What it is told first and what it says are lines of JSON; what is sent to it while both work, much
and often, is in Python's own form (``marshal``), in a fifth of the time.

Inside QGIS ``sys.executable`` is often QGIS itself: the interpreter is looked for beside its
library, and must be of this very version. It runs ``start.py`` of this folder and nothing else.
"""

from __future__ import annotations

import json
import marshal
import os
import subprocess  # nosec B404
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from ...domain.progress import Progress
from .start import SIZE

_HERE = Path(__file__).resolve().parent
_ROOM = 1 << 20  # bytes that are sent and not read yet, before the sender waits
_PACKAGE = __name__.partition(".store.")[0]


class Failed(Exception):
    """The second process cannot do its work; whoever started it does."""


class SecondProcess:
    """A second Python in which a module of this folder serves; close it, whatever happens.

    Everything that goes wrong with it is ``Failed``.
    """

    def __init__(self, module: str) -> None:
        python = interpreter()
        if python is None:
            raise Failed
        try:
            # No shell, nothing that a person typed: this very Python and a file of this folder.
            process = subprocess.Popen(  # nosec B603
                [str(python), "-I", str(_HERE / "start.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows only
            )
        except OSError as error:
            raise Failed from error
        self._process = process
        with suppress(ImportError, AttributeError, OSError):  # Linux: whole messages find room
            import fcntl

            fcntl.fcntl(cast(BinaryIO, process.stdin), fcntl.F_SETPIPE_SZ, _ROOM)
        self._sent_to, self._said = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        try:
            self._write(json.dumps(_opening(module)).encode() + b"\n")
        except Failed:
            self.close()
            raise

    def send(self, message: Any) -> None:
        """Send a message; it is read at once, whatever the second process is doing."""
        try:
            data = marshal.dumps(message)
        except ValueError as error:
            raise Failed from error
        self._write(len(data).to_bytes(SIZE, "big") + data)

    def _write(self, data: bytes) -> None:
        try:
            self._sent_to.write(data)
            self._sent_to.flush()
        except (OSError, ValueError) as error:
            raise Failed from error

    def result(self, progress: Progress) -> Any:
        """Wait for what comes of all that was sent, None the last; may raise Cancelled."""
        for line in self._said:
            try:
                done, message, result = json.loads(line)
            except (ValueError, TypeError) as error:
                raise Failed from error
            if result is not None:
                return result
            progress(done, message)
        raise Failed

    def close(self) -> None:
        """End the process, at once if it still works."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._sent_to, self._said):
            with suppress(OSError):  # what was still to be sent has nobody to read it
                pipe.close()


def _opening(module: str) -> dict[str, Any]:
    """Return what ``start.py`` is told first: where everything is, and what shall serve."""
    return {
        "version": sys.version_info[:2],
        "path": sys.path,
        "package": _PACKAGE,
        "folder": str(_HERE.parents[1]),
        "module": module,
        "compiled": [sys.dont_write_bytecode, sys.pycache_prefix],
    }


def interpreter() -> Path | None:
    """Return the program that runs this Python by itself, None if it is not found."""
    return next((one for one in _places() if one.is_file()), None)


def _places() -> Iterator[Path]:
    program = Path(sys.executable or ".")
    if program.stem.lower().startswith("python"):
        yield program
    names = ("python3.exe", "python.exe") if os.name == "nt" else (_versioned(), "python3")
    base = Path(sys.base_prefix)
    # QGIS on Windows has it below its base, on a Mac in « bin » beside QGIS itself.
    for folder in (base, base / "bin", program.parent / "bin", program.parent):
        for name in names:
            yield folder / name


def _versioned() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}"

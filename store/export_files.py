# SPDX-License-Identifier: GPL-2.0-or-later
"""Files and folders that appear whole or not at all.

Everything is written beside its place under a hidden name and renamed when it is complete; what
was there before stands until then, and stands for good if the writing fails.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..domain.errors import CarteError
from .exchange import exchange


@contextmanager
def replacing_file(output: Path) -> Iterator[Path]:
    """Give a name to write under; the file takes the place of ``output`` at the end.

    CarteError says why it could not be written; nothing has changed then.
    """
    if output.is_dir():
        raise CarteError("{path} is a folder. Give the name of a file to write.", path=output)
    scratch = _beside(output)
    try:
        with _speaking(output):
            output.parent.mkdir(parents=True, exist_ok=True)
            yield scratch
            scratch.replace(output)
    finally:
        with suppress(OSError):
            scratch.unlink()


@contextmanager
def replacing_folder(output: Path, marker: str) -> Iterator[Path]:
    """Give an empty folder to write into; it takes the place of ``output`` at the end.

    An ``output`` that exists is replaced only if it is empty or holds the file ``marker``, the
    sign that an export made it: nobody loses a folder of something else.
    """
    if output.exists() and not _replaceable(output, marker):
        raise CarteError(
            "{path} holds other things than an export, and was left as it is. Choose an "
            "empty folder, a new name, or a name that ends in .zip.",
            path=output,
        )
    scratch = _beside(output)
    try:
        with _speaking(output):
            scratch.mkdir(parents=True)
            yield scratch
            _swap(scratch, output)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _swap(scratch: Path, output: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if not output.exists():
        scratch.rename(output)
        return
    exchange(scratch, output)


def _replaceable(folder: Path, marker: str) -> bool:
    return folder.is_dir() and ((folder / marker).is_file() or not any(folder.iterdir()))


def _beside(output: Path) -> Path:
    return output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.partial")


@contextmanager
def _speaking(output: Path) -> Iterator[None]:
    """Turn the system's errors into a sentence that names the file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CarteError(
            "{path} could not be written: {reason}. What was there before is unchanged. "
            "Close it in other programs, or choose another place.",
            path=output,
            reason=reason,
        ) from error

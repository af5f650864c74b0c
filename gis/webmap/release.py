# SPDX-License-Identifier: GPL-2.0-or-later
"""A publication in its place: made in a scratch folder, swapped in by rename, three kept.

Earlier publications lie beside the folder, in ``<name>.releases/<moment>``, the newest last;
``roll_back`` puts the newest of them back.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...domain.errors import PublishError
from ...store.exchange import exchange, replace, sweep

KEPT = 3
#: Where the page that was rolled back lies, beside the earlier publications.
WITHDRAWN = "withdrawn"
#: What shows that a folder was published by this plugin.
SIGN = Path("data") / "cp3.json"


@contextmanager
def workshop(output: Path) -> Iterator[Path]:
    """Give a scratch folder beside the publication, on the same disk; nothing of it remains."""
    _refuse_foreign(output)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{output.name}.cp3-"
        sweep(output.parent, prefix)
        scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=output.parent))
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        yield scratch
    except OSError as error:
        raise _unwritable(output, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def in_place(folder: Path, output: Path, moment: str) -> Iterator[None]:
    """Put a finished folder in the publication's place; if the block fails, all is put back."""
    shelf = releases(output)
    try:
        if output.exists() and not any(output.iterdir()):
            output.rmdir()
        former = shelf / moment if output.exists() else None
        if former:
            shelf.mkdir(exist_ok=True)
            replace(folder, output, former)
        else:
            folder.rename(output)
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        yield
    except BaseException:
        if former:
            former.rename(folder)
            exchange(folder, output)
        else:
            output.rename(folder)
        _drop_empty(shelf)
        raise
    for old in kept_releases(output)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def roll_back(output: Path) -> None:
    """Put the last earlier publication back in place.

    The withdrawn page is kept aside (one at most), so that asking again goes one further back.
    Raises PublishError, the present page then stands.
    """
    kept = kept_releases(output)
    if not kept:
        raise PublishError(
            "No earlier publication of {path} is kept, so there is none to go back to. The "
            "present page stands.",
            path=output,
        )
    _refuse_foreign(output)
    aside = releases(output) / WITHDRAWN
    try:
        if aside.exists():
            shutil.rmtree(aside)
        if output.exists():
            replace(kept[-1], output, aside)
        else:
            kept[-1].rename(output)
    except OSError as error:
        raise _unwritable(output, error) from error


def releases(output: Path) -> Path:
    """Return the folder that keeps earlier publications."""
    return output.with_name(f"{output.name}.releases")


def kept_releases(output: Path) -> list[Path]:
    """Return the earlier publications that are kept, oldest first."""
    shelf = releases(output)
    folders = [one for one in shelf.iterdir() if one.is_dir()] if shelf.is_dir() else []
    return sorted(one for one in folders if one.name != WITHDRAWN)


def checksum(folder: Path) -> str:
    """Return a SHA-256 over all files of a folder and their names."""
    total = hashlib.sha256()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        total.update(file.relative_to(folder).as_posix().encode("utf-8"))
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _refuse_foreign(output: Path) -> None:
    """Leave alone a folder that holds anything but a publication of ours."""
    if not output.exists() or (output.is_dir() and (output / SIGN).is_file()):
        return
    if not output.is_dir() or any(output.iterdir()):
        raise PublishError(
            "{path} is there already and is not a page published by this plugin; it was left "
            "untouched. Choose an empty folder or a new name.",
            path=output,
        )


def _drop_empty(shelf: Path) -> None:
    if shelf.is_dir() and not any(shelf.iterdir()):
        shelf.rmdir()


def _unwritable(output: Path, error: OSError) -> PublishError:
    return PublishError(
        "The page could not be written to {path} ({reason}). What was published there before "
        "stands. Choose a folder you may write to, with room on its disk, and close programs that "
        "hold its files open.",
        path=output,
        reason=error.strerror or error,
    )

# SPDX-License-Identifier: GPL-2.0-or-later
"""What the second process runs (``process``): it makes the package known and serves.

The package's own ``__init__`` is QGIS's door to the plugin and is not run: its modules are found
in its folder, and libraries where the first process finds them.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
import traceback
from collections.abc import Iterator
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from types import ModuleType
from typing import Any

#: Bytes before each message that say how many it has.
SIZE = 8
_ALL_SENT = marshal.dumps(None)
#: Seconds after which who works lets the thread have its turn that reads what is sent: whoever
#: sends waits for it.
_SHORT = 0.0005

#: By how much it stands back behind the first process, for which somebody waits.
_NICE = 15


def main() -> None:
    """Serve once; the end of the first process ends this one too."""
    opening = json.loads(sys.stdin.buffer.readline())
    if list(sys.version_info[:2]) != opening["version"]:
        return
    sys.setswitchinterval(_SHORT)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    sys.dont_write_bytecode, sys.pycache_prefix = opening["compiled"]
    sys.path[:] = opening["path"]
    package = ModuleType(opening["package"])
    package.__path__ = [opening["folder"]]
    sys.modules[opening["package"]] = package
    served = import_module(".".join((opening["package"], "store.search", opening["module"])))

    def say(done: float, message: str, result: Any = None) -> None:
        out.write(json.dumps((done, message, result)).encode() + b"\n")
        out.flush()

    # The thread still waits for more at the end: Python's own would abort because of it.
    try:
        results = served.serve(_messages(), say)
        say(1.0, "", next(results))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _messages() -> Iterator[Any]:
    """Return what is sent, up to None; a thread reads from now on: the sender never waits."""
    sent: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        while size := sys.stdin.buffer.read(SIZE):
            sent.put(sys.stdin.buffer.read(int.from_bytes(size, "big")))
        os._exit(1)  # the first process is gone: nobody waits for what comes of this

    Thread(target=read, daemon=True).start()
    # Only the process that started this one, of the same version, writes here.
    return map(marshal.loads, iter(sent.get, _ALL_SENT))  # nosec B302


if __name__ == "__main__":
    main()

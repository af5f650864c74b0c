# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder on the loopback, packed with gzip as any host does, or as it is.

What the page posts to TOLD is kept for the one who opened it.
"""

from __future__ import annotations

import gzip
import mimetypes
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TOLD = "/told"
PACKED = (".html", ".js", ".css", ".json", ".svg", ".webmanifest")


@dataclass(frozen=True)
class Served:
    """Where a folder is served, what its page told, and the bytes of each file that was sent."""

    address: str
    told: queue.Queue[bytes] = field(default_factory=queue.Queue)
    sent: list[int] = field(default_factory=list)


@cache
def content(path: Path, packed: bool) -> bytes:
    """Return what is sent of a file; packed once, so that no opening waits for it."""
    found = path.read_bytes()
    return gzip.compress(found, 6) if packed else found


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing of a browser that went away before it had all."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, packed: bool) -> Iterator[Served]:
    """Serve a folder, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            name = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
            path = folder / name
            if ".." in name or not path.is_file():
                self.send_error(404)
                return
            as_gzip = packed and path.suffix in PACKED
            body = content(path, as_gzip)
            self.send_response(200)
            self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            if as_gzip:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)
            place.sent.append(len(body))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            if self.path == TOLD:
                place.told.put(body)

        def log_message(self, format, *args):
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    place = Served(f"http://127.0.0.1:{server.server_port}/index.html")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()

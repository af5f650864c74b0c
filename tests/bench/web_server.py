# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder on the loopback, packed with gzip as any host does, or as it is."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKED = (".html", ".js", ".css", ".json", ".svg", ".webmanifest")


@cache
def content(path: Path, packed: bool) -> bytes:
    """Return what is sent of a file; packed once, so that no opening waits for it."""
    found = path.read_bytes()
    return gzip.compress(found, 6) if packed else found


@contextmanager
def served(folder: Path, packed: bool) -> Iterator[str]:
    """Serve a folder, in a thread; give the address of its first page."""

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

        def log_message(self, format, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()

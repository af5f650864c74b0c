# SPDX-License-Identifier: GPL-2.0-or-later
"""A line to a server that is cut at a moment of the test's choice."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


class Line:
    """A line to the server that passes on what is said, until it is cut.

    ``limit``: cut after so many bytes of the client's; ``at_commit``: when it asks to keep the
    work, ``before`` the server hears of it, or ``after`` it has answered (the first ``passing``
    times it is let through); ``once`` leads back to a server that can be reached again.
    """

    def __init__(self, port, limit=None, at_commit="", once=True, passing=0):
        self._passing = passing
        self._server, self._limit, self._at_commit, self._once = port, limit, at_commit, once
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.sent, self.cut, self._deaf = 0, False, False
        Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listening.close()

    def _accept(self):
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return
            if self.cut and not self._once:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._server))
            Thread(target=self._pass_on, args=(client, server), daemon=True).start()
            Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _pass_on(self, client, server):
        while said := self._received(client):
            self.sent += len(said)
            if not self.cut and self._limit is not None and self.sent > self._limit:
                self.cut = True
            elif not self.cut and self._at_commit and COMMIT in said and self._due():
                self.cut = True
                if self._at_commit == "after":
                    self._deaf = True
                    server.sendall(said)
                    return
            else:
                server.sendall(said)
                continue
            self._end(client, server)
            return
        self._end(client, server)

    def _due(self):
        self._passing -= 1
        return self._passing < 0

    def _answer(self, server, client):
        while said := self._received(server):
            if self._deaf:
                self._deaf = False
                break
            client.sendall(said)
        self._end(client, server)

    @staticmethod
    def _received(end):
        try:
            return end.recv(65536)
        except OSError:
            return b""

    @staticmethod
    def _end(*ends):
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

"""A small server that speaks clamd's INSTREAM, and can be told to behave badly."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class ClamdDouble:
    """Takes one connection after the other, notes what came, and answers with `answer`; None hangs up at once."""

    def __init__(
        self, answer: bytes | None, *, silent: bool = False, drips: bool = False, slow_reader: bool = False
    ) -> None:
        self.received: list[bytes] = []
        self.hung_up = threading.Event()
        self._answer, self._silent, self._drips, self._slow_reader = answer, silent, drips, slow_reader
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._stopped = threading.Event()
        self.address: tuple[str, int] = self._socket.getsockname()
        self._thread = threading.Thread(target=self._serve)

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, suppress(OSError, EOFError):
                    self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        if self._answer is None:
            return
        if self._slow_reader:
            self._stopped.wait(0.3)
        with connection.makefile("rb") as reader:
            assert reader.readline() == b"nINSTREAM\n"
            content = bytearray()
            while size := struct.unpack(">I", _exactly(reader.read(4), 4))[0]:
                content += _exactly(reader.read(size), size)
        self.received.append(bytes(content))
        if self._silent:
            self._stopped.wait(10)
        if self._drips:
            self._drip(connection)
        connection.sendall(self._answer)

    def _drip(self, connection: socket.socket) -> None:
        """A byte at a time, and never a whole answer."""
        with suppress(OSError):
            while not self._stopped.wait(0.05):
                connection.sendall(b".")
            return
        self.hung_up.set()


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise EOFError
    return data


@contextmanager
def clamd_double(
    answer: bytes | None, *, silent: bool = False, drips: bool = False, slow_reader: bool = False
) -> Iterator[ClamdDouble]:
    """A running double, stopped at the end."""
    double = ClamdDouble(answer, silent=silent, drips=drips, slow_reader=slow_reader)
    double.start()
    try:
        yield double
    finally:
        double.stop()

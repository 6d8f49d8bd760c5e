"""A mail server for tests, on a free port of this machine: it keeps what it takes and refuses what it is told to.

As a process of its own (`python mailbox.py FOLDER`) it prints its port and puts every letter into a file of the folder.
"""

from __future__ import annotations

import socket
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator


class Mailbox:
    """What the server does and what it has taken: (address, bytes of the letter) in order.

    `refuse` gives the answer to an address, `after_data` to every letter; `leave_after` letters the line is cut: before
    the answer to the next.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.refuse: dict[str, str] = {}
        self.after_data = ""
        self.leave_after: list[int] = []
        self.lines = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        """Counts the connections."""
        session.host_name = hostname
        self.lines += 1
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Takes or refuses an address."""
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Takes or refuses a letter, or goes away."""
        if self.leave_after and len(self.taken) == self.leave_after[0]:
            self.leave_after.pop(0)
            server.transport.abort()
            return "250 never heard"
        if self.after_data:
            return self.after_data
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(box: Any, **options: Any) -> Iterator[int]:
    """The port at which the mailbox is served meanwhile."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class _Files(Mailbox):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Each letter is a file with the address in its name."""
        number = len(list(self._folder.iterdir()))
        (self._folder / f"{number:03}-{envelope.rcpt_tos[0]}").write_bytes(envelope.content)
        return "250 OK"


if __name__ == "__main__":
    with serving(_Files(Path(sys.argv[1]))) as open_port:
        sys.stdout.write(f"{open_port}\n")
        sys.stdout.flush()
        while True:
            time.sleep(60)

"""`mulu serve`: from the moment a file is saved to the moment a reader can see the change, and until the page is told to reload."""

import http.client
import os
import re
import subprocess
import time
from pathlib import Path

from benchmarks import edits
from benchmarks.measure import Failed, Measured, Memory
from benchmarks.tools import Tool

_POLL = 0.005
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/")


def latency(tool: Tool, log: Path, turn: int, *, limit: float) -> Measured:
    """Start the preview, save one item's body, ask for its page until the new words are there; the seconds of that alone."""
    source = tool.sources["body"]
    command = [*tool.build[:-1], "serve", str(tool.folder), "--port", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=os.environ | tool.environment | {"PYTHONUNBUFFERED": "1"},
        )
    memory = Memory(process.pid)
    memory.start()
    try:
        port = _port(process, log, limit)
        address = f"/items/{source.stem}.html"
        _page(port, address)
        edits.body(source, turn)
        saved = time.perf_counter()
        while f"补充说明第{turn}条" not in _page(port, address):
            if time.perf_counter() - saved > limit:
                raise Failed(f"the change was not visible after {limit:.0f} s")
            time.sleep(_POLL)
        return Measured(time.perf_counter() - saved, 0, memory.largest, memory.tree)
    finally:
        process.terminate()
        process.wait()
        memory.end()


def _port(process: subprocess.Popen[bytes], log: Path, limit: float) -> int:
    started = time.perf_counter()
    while (found := _ADDRESS.search(log.read_bytes())) is None:
        if process.poll() is not None or time.perf_counter() - started > limit:
            raise Failed(f"serve did not start: {log.read_text('utf-8', 'replace')[-300:]}")
        time.sleep(0.05)
    return int(found[1])


def _page(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    try:
        return connection.getresponse().read().decode("utf-8")
    finally:
        connection.close()

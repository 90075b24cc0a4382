"""Serves the site: the web server and the worker beside it. Both stop together, on Ctrl-C and when one of them ends."""

import os
import signal
import subprocess
import sys
import time

BIN = os.path.dirname(sys.executable)
PROGRAMS = [[os.path.join(BIN, "gunicorn")], [sys.executable, "manage.py", "work"]]
GRACE = 35  # seconds to end in; gunicorn lets requests finish for 30


def serve(programs=PROGRAMS):
    """Returns the exit code: 0 if it was told to stop, else that of the program that ended first."""
    told = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: told.append(number))
    # In our own process group: whoever ends all of it, by whatever signal, ends these too.
    running = [subprocess.Popen(program) for program in programs]  # noqa: S603
    while not told and all(one.poll() is None for one in running):
        time.sleep(0.2)
    ended = [one.returncode for one in running if one.returncode is not None]
    stop(running)
    return 0 if told else ended[0] or 1


def stop(running):
    for one in running:
        if one.poll() is None:
            one.terminate()
    end = time.monotonic() + GRACE
    for one in running:
        try:
            one.wait(max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.kill()


if __name__ == "__main__":
    sys.exit(serve())

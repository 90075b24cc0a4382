"""Runs pieces of code, each in a process of its own, and tells what each of its lines printed.

The processes are forks of one that has numpy loaded: loading it two hundred times would take most of a minute.
"""

import builtins
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

SECONDS = 30  # for one piece of code
NAME = "example"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Ran:
    printed: dict[int, str] = field(default_factory=dict)  # line of the code, from 1 → what it printed
    error: str = ""
    error_line: int = 0

    @property
    def output(self):
        return "".join(self.printed.values())


def run_all(pieces, seconds=SECONDS):
    """What became of each of `pieces`, in their order."""
    command = [sys.executable, "-m", __name__]
    options = {"input": json.dumps([seconds, *pieces]), "capture_output": True, "text": True, "check": True}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}, **options)  # noqa: S603
    for line in done.stdout.splitlines():
        said = json.loads(line)
        yield Ran(**said | {"printed": {int(number): text for number, text in said["printed"].items()}})


def main():
    import numpy  # noqa: F401  so that the forks have it

    seconds, *pieces = json.load(sys.stdin)
    for piece in pieces:
        print(_in_a_fork(piece, seconds), flush=True)


def _in_a_fork(code, seconds):
    """JSON of what `code` did. The alarm ends a fork that takes too long."""
    here, there = os.pipe()
    if not (child := os.fork()):
        os.close(here)
        signal.alarm(seconds)
        with open(there, "w") as answer:
            answer.write(json.dumps(asdict(_execute(code))))
        os._exit(0)
    os.close(there)
    with open(here) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said or json.dumps(asdict(Ran(error=f"it took more than {seconds} s, or ended its process")))


def _execute(code):
    ran = Ran()
    builtins.print = _noting(ran.printed)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        try:
            exec(compile(code, NAME, "exec"), {"__name__": "__main__"})  # noqa: S102
        except BaseException as error:
            places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
            ran.error = f"{type(error).__name__}: {error}"
            ran.error_line = places[-1] if places else getattr(error, "lineno", 0) or 0
    return ran


def _noting(printed):
    real = builtins.print

    def noted(*words, file=None, **options):
        text = io.StringIO()
        real(*words, file=text, **options)
        line = sys._getframe(1).f_lineno
        printed[line] = printed.get(line, "") + text.getvalue()

    return noted


if __name__ == "__main__":
    main()

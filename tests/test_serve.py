"""The web server and the worker beside it stop together."""

import signal
import subprocess
import sys
import time

import pytest

SERVE = "import sys; from interview_notes.serve import serve; sys.exit(serve([[sys.executable, '-c', p] for p in {}]))"
SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(15, lambda *_: exit(0)); signal.signal(2, signal.SIG_IGN); " + SLEEPS


def start(*programs):
    command = [sys.executable, "-c", SERVE.format(list(programs))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_both_stop_when_told(number):
    served = start(SLEEPS, STUBBORN)
    assert [served.stdout.readline(), served.stdout.readline()] == ["up\n", "up\n"]
    served.send_signal(number)
    rest, _ = served.communicate(timeout=10)  # the pipe is open as long as one of them lives
    assert (served.returncode, rest) == (0, "")


@pytest.mark.parametrize(("code", "told"), [(3, 3), (0, 1)])
def test_when_one_ends_so_does_the_other(code, told):
    begun = time.monotonic()
    served = start(SLEEPS, f"raise SystemExit({code})")
    served.communicate(timeout=10)
    assert served.returncode == told
    assert time.monotonic() - begun < 10

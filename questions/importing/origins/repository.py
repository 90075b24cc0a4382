"""Notes in a git repository: the newest commit of an https address, fetched by git itself and never checked out."""

import ipaddress
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from questions.importing.reading import Reading, Refused

FILE_MODES = {"100644", "100755"}


def read_repository(url):
    """The notes of the newest commit. Its pictures can be fetched until the Reading is closed."""
    git = _Git(*checked_address(url))
    reading = Reading(url, close=git.close)
    try:
        return _read(git, reading, url)
    except BaseException:
        git.close()
        raise


def _read(git, reading, url):
    git.clone(url)
    reading.commit = git.output("rev-parse", "HEAD").decode().strip()
    listing = git.output("ls-tree", "-r", "-z", "--long", "HEAD").decode("utf-8", "replace")
    for row in filter(None, listing.split("\0")):
        facts, _, name = row.partition("\t")
        mode, kind, blob, size = facts.split()
        if mode == "120000":
            reading.complain(name, "A link is not followed.", "warning")
        elif mode in FILE_MODES and kind == "blob" and not name.startswith("."):
            reading.offer(name, int(size), lambda limit, blob=blob: git.blob(blob), mark=blob)
    return reading.finished()


def checked_address(url):
    """Host, port and address of `url`, if it may be asked. Raises Refused."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        parts, port = urlsplit(""), 0
    is_allowed = parts.netloc in settings.IMPORT_HOSTS
    plain = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and not parts.query
    if not plain or (port != 443 and not is_allowed):
        raise Refused(f"{url} is not an address of the form https://host/path, without a user name or port.")
    if settings.IMPORT_HOSTS and not is_allowed:
        raise Refused(f"Notes are fetched only from these hosts here: {', '.join(settings.IMPORT_HOSTS)}.")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(f"The host {parts.hostname} is not known here, or cannot be reached.") from None
    addresses = sorted({row[4][0] for row in found})
    if not is_allowed and not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise Refused(f"{parts.hostname} is an internal address. An owner may allow it in IMPORT_HOSTS.")
    return parts.hostname, port, addresses[0]


class _Git:
    """git without anyone's configuration, hooks, prompts or redirects, talking to one checked address only."""

    def __init__(self, host, port, address):
        self._folder = tempfile.TemporaryDirectory(prefix="notes-")
        self.folder = Path(self._folder.name)
        self.copy = self.folder / "copy.git"
        self.options = [
            "-c", "protocol.allow=never", "-c", "protocol.https.allow=always",
            "-c", "http.followRedirects=false", "-c", f"http.curloptResolve={host}:{port}:{address}",
            "-c", "core.hooksPath=/dev/null", "-c", "credential.helper=",
        ]  # fmt: skip
        if settings.IMPORT_CA_FILE:
            self.options += ["-c", f"http.sslCAInfo={settings.IMPORT_CA_FILE}"]
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder),
            "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "true",
        }

    def clone(self, url):
        program = shutil.which("git")
        if program is None:
            raise Refused("git is not installed here: give a folder or a .zip instead.")
        command = [program, *self.options, "clone", "--quiet", "--bare", "--depth=1", "--single-branch", "--no-tags"]
        process = subprocess.Popen(  # noqa: S603 — the address is checked, and stands behind --
            [*command, "--", url, str(self.copy)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        reason = self._watch(process)
        said = process.communicate()[1].decode("utf-8", "replace").strip()
        if reason or process.returncode:
            raise Refused(
                reason or f"git could not fetch {url}: {said.splitlines()[-1] if said else 'no reason given'}"
            )

    def _watch(self, process):
        """Waits for the copy; ends it and returns the reason if it takes too long or grows too large."""
        end = time.monotonic() + settings.IMPORT_SECONDS
        done = threading.Event()
        threading.Thread(target=lambda: (process.wait(), done.set()), daemon=True).start()
        while not done.wait(0.2):
            if _size(self.folder) > settings.IMPORT_BYTES:
                process.kill()
                return f"The repository is larger than {settings.IMPORT_BYTES // 2**20} MB."
            if time.monotonic() > end:
                process.kill()
                return f"The repository did not arrive within {settings.IMPORT_SECONDS} seconds."
        return ""

    def output(self, *arguments):
        command = ["git", *self.options, "--git-dir", str(self.copy), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, check=True, timeout=60)  # noqa: S603
        return done.stdout

    @cached_property
    def _reader(self):
        """One process for all files: starting one for each would take longer than reading them."""
        command = ["git", *self.options, "--git-dir", str(self.copy), "cat-file", "--batch"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=self.environment, **pipes)  # noqa: S603

    def blob(self, name):
        self._reader.stdin.write(f"{name}\n".encode())
        self._reader.stdin.flush()
        size = int(self._reader.stdout.readline().split()[2])
        data = self._reader.stdout.read(size)
        self._reader.stdout.read(1)
        return data

    def close(self):
        if "_reader" in vars(self):
            self._reader.stdin.close()
            self._reader.wait()
            self._reader.stdout.close()
        self._folder.cleanup()


def _size(folder):
    """In bytes; what goes while it is counted, as git tidies up after itself, counts no more."""
    size = 0
    for parent, _folders, files in os.walk(folder):
        for name in files:
            with suppress(FileNotFoundError):
                size += os.stat(os.path.join(parent, name)).st_size
    return size

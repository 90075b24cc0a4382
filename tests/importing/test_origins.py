"""Notes out of folders, archives, repositories and pasted text; hostile ones too."""

import datetime
import http.server
import io
import ipaddress
import os
import ssl
import stat
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from questions.importing.origins.archive import read_archive
from questions.importing.origins.repository import read_repository
from questions.importing.read import read, read_pasted
from questions.importing.reading import Refused, decode

NOTE = "# Zebras\n\n## Why stripes?\n\nFlies.\n"


# --- Bytes


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("面试".encode("gb18030"), "面试"),
        ("\ufeff面试".encode(), "面试"),
        ("面试".encode("utf-16"), "面试"),
        (b"a\r\nb\rc\x00d", "a\nb\ncd"),
        (b"\xff\xff\x81 \xfe", None),
    ],
)
def test_bytes_become_text(data, text):
    assert decode(data) == text


# --- Folders


def test_a_folder_is_read_without_what_is_hidden_or_linked(tmp_path):
    outside = tmp_path / "secret.md"
    outside.write_text("secret")
    folder = tmp_path / "notes"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config.md").write_text("hidden")
    (folder / "a.md").write_text(NOTE)
    (folder / "picture.png").write_bytes(b"png")
    (folder / "linked.md").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    reading = read(folder)
    assert reading.files == {"a.md": NOTE}
    assert reading.pictures["picture.png"]() == b"png"
    assert [problem.file for problem in reading.problems] == ["linked.md"]


def test_limits_are_kept_while_reading(tmp_path, settings):
    settings.IMPORT_FILE_BYTES = 100
    for n in range(4):
        (tmp_path / f"{n}.md").write_text("x" * (99 + (n == 0)) + "y" * (n == 0))
    reading = read(tmp_path)
    assert list(reading.files) == ["1.md", "2.md", "3.md"]
    assert "larger" in reading.problems[0].message
    settings.IMPORT_BYTES = 150
    with pytest.raises(Refused, match="Import a part"):
        read(tmp_path)
    settings.IMPORT_BYTES, settings.IMPORT_FILES = 10_000, 2
    with pytest.raises(Refused, match="more than 2 notes"):
        read(tmp_path)


def test_a_name_too_long_is_left_out(tmp_path):
    folder = tmp_path.joinpath(*["d" * 120] * 5)
    folder.mkdir(parents=True)
    (folder / "long.md").write_text(NOTE)
    (tmp_path / "short.md").write_text(NOTE)
    assert list(read(tmp_path).files) == ["short.md"]


# --- Archives


def archive(*entries):
    """A zip of (name or ZipInfo, text) in memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in entries:
            packed.writestr(name, text)
    return file


def test_an_archive_is_read_below_its_common_folder():
    file = archive(("notes-1a2b3c/README.md", "- [Z](z/z.md)"), ("notes-1a2b3c/z/z.md", NOTE))
    assert list(read_archive(file, "notes.zip").files) == ["README.md", "z/z.md"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_of_traps_gives_only_its_notes():
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = archive(
        ("good.md", NOTE),
        ("../outside.md", "x"),
        ("a/../../outside.md", "x"),
        ("/absolute.md", "x"),
        ("C:/drive.md", "x"),
        ("..\\back.md", "x"),
        (link, "/etc/passwd"),
        ("good.md", "second"),
        ("GOOD.md", "twin"),
        (".git/config.md", "hidden"),
        ("program.exe", "MZ"),
    )
    reading = read_archive(file, "traps.zip")
    assert reading.files == {"good.md": NOTE}
    assert len(reading.problems) == 8


def test_a_bomb_is_not_unpacked(settings):
    settings.IMPORT_FILE_BYTES = 10_000
    file = archive(("bomb.md", b"0" * 5_000_000), ("good.md", NOTE))
    assert list(read_archive(file, "bomb.zip").files) == ["good.md"]


def test_an_archive_that_lies_about_its_sizes_is_not_believed(settings):
    settings.IMPORT_FILE_BYTES = 10_000
    file = archive(("bomb.md", b"0" * 5_000_000), ("good.md", NOTE))
    data = file.getvalue().replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    reading = read_archive(io.BytesIO(data), "liar.zip")
    assert len(reading.files.get("bomb.md", "")) <= 10_000
    assert "good.md" in reading.files


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"PK\x05\x06" + b"\x00" * 18 + b"x"])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(Refused):
        read_archive(io.BytesIO(data), "broken.zip")


def test_too_many_entries_are_refused(settings):
    settings.IMPORT_FILES = 1
    with pytest.raises(Refused, match="entries"):
        read_archive(archive(*((f"{n}.txt", "") for n in range(25))), "many.zip")


# --- Pasted


def test_pasted_text():
    assert read_pasted(NOTE).files == {"pasted.md": NOTE}
    with pytest.raises(Refused):
        read_pasted("x" * 10, name="x.exe")


# --- Repositories


@pytest.mark.parametrize(
    "url",
    [
        "http://github.com/a/b",
        "ssh://git@github.com/a/b",
        "file:///etc",
        "ext::sh -c whoami",
        "https://user@github.com/a/b",
        "https://github.com:22/a/b",
        "https://github.com:x/a/b",
        "https:///a",
        "https://github.com/a?x=--upload-pack=x",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://[::1]/a",
        "https://10.0.0.1/a",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f000001/a",
        "https://2130706433/a",
        "https://-oProxyCommand=x/a",
        "https://" + "a" * 70 + ".example/a",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(url, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **kwargs: pytest.fail("git was started"))
    with pytest.raises(Refused):
        read_repository(url)


def run_git(folder, *arguments):
    who = {"GIT_AUTHOR_NAME": "z", "GIT_AUTHOR_EMAIL": "z@z", "GIT_COMMITTER_NAME": "z", "GIT_COMMITTER_EMAIL": "z@z"}
    environment = {**os.environ, **who, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    return subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True).stdout  # noqa: S603, S607


class GitOverHttps(http.server.CGIHTTPRequestHandler):
    """Serves repositories through git's own CGI program; /moved redirects elsewhere."""

    have_fork = False

    def is_cgi(self):
        self.cgi_info = "", self.path.lstrip("/")
        return True

    def log_message(self, *args):
        pass

    def run_cgi(self):
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", self.path.replace("/moved", ""))
            return self.end_headers()
        path, _, query = self.path.partition("?")
        size = int(self.headers.get("Content-Length") or 0)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": self.server.folder,
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(size),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
        body = self.rfile.read(size)
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=True)  # noqa: S607
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(
        key.private_bytes(encoding, form, serialization.NoEncryption()) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def host(tmp_path, certificate, settings):
    """A git host on localhost with one repository, `zoo`; gives its address."""
    work = tmp_path / "work"
    work.mkdir()
    run_git(work, "init", "-q", "-b", "main")
    (work / "zebras.md").write_text(NOTE)
    (work / "picture.png").write_bytes(b"png")
    (work / "link.md").symlink_to("/etc/passwd")
    (work / "large.md").write_text("x" * 2000)
    run_git(work, "add", ".")
    run_git(work, "commit", "-q", "-m", "x")
    run_git(tmp_path, "clone", "-q", "--bare", "work", "zoo.git")
    server = http.server.ThreadingHTTPServer(("localhost", 0), GitOverHttps)
    server.folder = str(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.IMPORT_HOSTS = [f"localhost:{server.server_port}"]
    settings.IMPORT_CA_FILE = str(certificate)
    settings.IMPORT_FILE_BYTES = 1000
    yield f"https://localhost:{server.server_port}"
    server.shutdown()


def test_a_repository_is_read_at_its_newest_commit(host, tmp_path):
    with read(f"{host}/zoo.git") as reading:
        assert reading.files == {"zebras.md": NOTE}
        assert reading.pictures["picture.png"]() == b"png"
        assert reading.commit == run_git(tmp_path / "work", "rev-parse", "HEAD").decode().strip()
        assert sorted(problem.file for problem in reading.problems) == ["large.md", "link.md"]
        copy = Path(reading.close.__self__.copy)
        assert copy.exists()
    assert not copy.exists()


def test_a_redirect_is_not_followed(host):
    with pytest.raises(Refused, match="could not fetch"):
        read(f"{host}/moved/zoo.git")


def test_a_repository_that_is_not_there(host):
    with pytest.raises(Refused, match="could not fetch"):
        read(f"{host}/nothing.git")


def test_a_repository_too_large_is_given_up(host, settings):
    settings.IMPORT_BYTES = 10
    with pytest.raises(Refused, match="larger"):
        read(f"{host}/zoo.git")


def test_other_hosts_are_refused_where_hosts_are_named(host):
    with pytest.raises(Refused, match="only from these hosts"):
        read("https://example.org/zoo.git")

"""Runs inside the trial's system, by nothing but its Python: starts the workbench, visits it as a browser does, backs it up,
restores it, ends it. ``offline/trial.py`` copies this file there; it imports none of ours.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

DUIBIAO = "/opt/duibiao/current/bin/duibiao"
BACKUP = "/opt/duibiao/current/deploy/duibiao-backup"
NAME = "duibiao.example.cn"
PORT = 8765
DATABASE = {"DUIBIAO_DATABASE": "postgresql:///duibiao?host=/run/postgresql"}
PLAIN, MOVED, KEPT = Path("/srv/plain"), Path("/srv/moved"), Path("/srv/kept")
CERTIFICATE = Path("/etc/nginx/duibiao/certificate.pem")
PASSWORD = "离线试用-一二三四五"
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"}


class Browser:
    """One who asks, from an address of loopback; keeps cookies, follows nothing."""

    def __init__(self, *, tls: bool, port: int, source: str, host: str = NAME) -> None:
        self.port, self.source, self.host = port, source, host
        self.trusted = ssl.create_default_context(cafile=str(CERTIFICATE)) if tls else None
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        sent = {"Host": self.host, "Accept": "text/html", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        arguments = {"timeout": 60, "source_address": (self.source, 0)}
        connection = (
            http.client.HTTPSConnection(NAME, self.port, context=self.trusted, **arguments)
            if self.trusted
            else http.client.HTTPConnection("127.0.0.1", self.port, **arguments)
        )
        try:
            connection.request(
                "GET" if form is None else "POST", path, None if form is None else urlencode(form), sent
            )
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, text


def main(how: str) -> None:
    _loopback_up()
    _identity()
    if how == "plain":
        print(plain())
    else:
        with _postgresql(), _nginx():
            print(moved())


def plain() -> str:
    """SQLite, no proxy: the first start, the three administrators, backup, restore, a database of a newer program."""
    with _serving(PLAIN, "--host", "127.0.0.1") as (link, _process):
        browser = Browser(tls=False, port=PORT, source="127.0.0.1", host=f"127.0.0.1:{PORT}")
        _is(browser.ask("/health")[0], 200)
        begin(browser, link)
        _run("audit", "verify", "--data", str(PLAIN))
        started = time.monotonic()
        environment = {**_environment(), "DUIBIAO_KEEP": "2"}
        for _ in range(3):
            _as_duibiao(["sh", BACKUP, str(PLAIN), str(KEPT)], environment)
            time.sleep(1)
        _is(len(list(KEPT.iterdir())), 2)
        backing_up = (time.monotonic() - started) / 3 - 1
    backup = max(KEPT.iterdir())
    _is(backup.stat().st_mode & 0o777, 0o600)
    restored = PLAIN.with_name("restored")
    _run("restore", str(backup), "--data", str(restored))
    said = _run("audit", "verify", "--data", str(restored))
    # As if a newer program had been there.
    with sqlite3.connect(restored / "workbench.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = 'r9999'")
    refused = _as_duibiao([DUIBIAO, "serve", "--lang", "en", "--data", str(restored)], _environment(), code=2)
    if "made by a newer program" not in refused:
        raise SystemExit(refused)
    size = backup.stat().st_size / 1e3
    return f"{said.split()[0]} audit entries; a backup {size:.0f} kB, {backing_up:.1f} s"


def moved() -> str:
    """What was kept in SQLite, put into PostgreSQL and served behind nginx."""
    environment = {**_environment(), **DATABASE}
    _as_duibiao([DUIBIAO, "restore", str(max(KEPT.iterdir())), "--data", str(MOVED)], environment)
    with _serving(MOVED, "--https", "--name", NAME, more=DATABASE) as (link, process):
        _is(link, "")
        command = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        if b"postgresql" in command:
            raise SystemExit(command)
        said = behind_nginx()
        backup = MOVED.with_suffix(".tar.gz")
        out = ["--data", str(MOVED), "--out", str(backup)]
        _as_duibiao([DUIBIAO, "backup", *out], environment)
        _as_duibiao([DUIBIAO, "audit", "verify", "--data", str(MOVED)], environment)
    back = MOVED.with_name("back")
    _run("restore", str(backup), "--data", str(back))
    return f"{said}; {_run('audit', 'verify', '--data', str(back)).split()[0]} audit entries back in SQLite"


def begin(browser: Browser, link: str) -> None:
    """The one-time link, once; then the security and the audit administrator."""
    status, headers, _ = browser.ask(link, {"password": PASSWORD, "again": PASSWORD})
    _is((status, headers["location"]), (303, "/"))
    _is(browser.ask(link)[0], 404)
    token = _token(browser.ask("/administration")[2])
    for login, role in (("secadmin", "security_admin"), ("audadmin", "audit_admin")):
        form = {"csrf": token, "login": login, "role": role}
        status, _, page = browser.ask("/administration/administrators", form)
        _is(status, 200)
        (given,) = set(re.findall(r"/link/[\w-]+", page))
        _is(f"https://{NAME}{given}" in page, bool(browser.trusted))
        other = Browser(
            tls=bool(browser.trusted), port=browser.port, source=browser.source, host=browser.host
        )
        _is(other.ask(given, {"password": PASSWORD, "again": PASSWORD})[0], 303)
        # Each administers its own and nothing else.
        _is(other.ask("/administration")[0], 403)
        _is(other.ask("/audit")[0], 200 if role == "audit_admin" else 403)
        _is(other.ask("/security")[0], 403 if role == "audit_admin" else 200)
    _is(browser.ask("/audit")[0], 403)
    _is(browser.ask("/sign-out", {"csrf": token})[0], 303)
    _is(browser.ask("/administration")[0], 303)


def behind_nginx() -> str:
    """Sign in through nginx, and look at what it lets through and what not."""
    browser = Browser(tls=True, port=443, source="127.0.0.2")
    form = {"login": "audadmin", "password": PASSWORD}
    status, headers, _ = browser.ask("/sign-in", form, **FORGED)
    _is(status, 303)
    cookie = headers["set-cookie"]
    _is([one in cookie for one in ("Secure", "HttpOnly", "SameSite=lax")], [True] * 3)
    _is(headers["strict-transport-security"], "max-age=31536000; includeSubDomains")
    _is(headers["server"], "nginx")
    page = browser.ask("/audit?action=session.begin")[2]
    _is(("127.0.0.2" in page, "203.0.113.9" in page), (True, False))
    for path in ("/metrics", "//metrics", "/%6detrics", "/health"):
        _is(browser.ask(path)[0], 404)
    _is(browser.ask("/link/none-such")[0], 404)
    logged = Path("/var/log/nginx/access.log").read_text(errors="replace")
    _is(("/sign-in" in logged, "/link/" in logged), (True, False))
    _is(browser.ask("/sign-in", {}, **{"Content-Length": str(101 * 1024 * 1024 + 1)})[0], 413)
    _is(browser.ask("/sign-in", form, Origin="https://elsewhere.example")[0], 403)
    status, headers, _ = Browser(tls=False, port=80, source="127.0.0.2").ask("/x")
    _is((status, headers["location"]), (301, f"https://{NAME}/x"))
    # Another name: refused by nginx, and by the workbench itself.
    browser.host = "elsewhere.example"
    try:
        browser.ask("/sign-in")
        raise SystemExit("nginx answered for another name")
    except (http.client.RemoteDisconnected, ssl.SSLError):
        pass
    direct = Browser(tls=False, port=PORT, source="127.0.0.1", host="elsewhere.example")
    _is(direct.ask("/sign-in")[0], 400)
    direct.host = f"127.0.0.1:{PORT}"
    _is(direct.ask("/metrics", **{"X-Forwarded-For": "192.0.2.1"})[0], 403)
    _is(direct.ask("/metrics")[0], 200)
    _is(json.loads(direct.ask("/health")[2])["status"], "ok")
    return "Secure, HSTS, Host, X-Forwarded-For, /metrics, 413"


@contextmanager
def _serving(
    data: Path, *options: str, more: dict[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``duibiao serve`` by its own account; ended by its own process id."""
    command = [DUIBIAO, "serve", "--lang", "en", "--data", str(data), *options]
    environment = {**_environment(), **(more or {})}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=environment, text=True, **streams, **_become())
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl+C" in line:
                break
        else:
            raise SystemExit(said)
        found = re.search(r"/link/[\w-]+", said)
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", PORT)) == 0:
                    break
            time.sleep(0.1)
        yield found[0] if found else "", process
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(30)
    with socket.socket() as tried:
        _is(tried.connect_ex(("127.0.0.1", PORT)) != 0, True)


@contextmanager
def _postgresql() -> Iterator[None]:
    """Debian's own cluster, with the role and database of the manual."""
    (cluster,) = (line.split()[:2] for line in _plainly("pg_lsclusters", "-h").splitlines())
    _plainly("pg_ctlcluster", *cluster, "start")
    try:
        _plainly("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "createuser", "duibiao")
        made = ["--owner=duibiao", "--encoding=UTF8", "--locale=C.UTF-8", "--template=template0", "duibiao"]
        _plainly("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "createdb", *made)
        yield
    finally:
        _plainly("pg_ctlcluster", *cluster, "stop")


@contextmanager
def _nginx() -> Iterator[None]:
    CERTIFICATE.parent.mkdir(parents=True, exist_ok=True)
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    files = ["-out", str(CERTIFICATE), "-keyout", str(CERTIFICATE.with_name("key.pem"))]
    _plainly("openssl", "req", "-x509", *made, "-addext", f"subjectAltName=DNS:{NAME}", *files)
    shutil.copy("/bundle/deploy/nginx.conf", "/etc/nginx/conf.d/duibiao.conf")
    Path("/etc/nginx/sites-enabled/default").unlink(missing_ok=True)
    hosts = Path("/etc/hosts")
    hosts.write_text(f"127.0.0.1 localhost {NAME}\n")
    _plainly("nginx", "-t")
    process = subprocess.Popen(["nginx", "-g", "daemon off;"])
    try:
        time.sleep(1)
        yield
    finally:
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(30)


def _identity() -> None:
    try:
        pwd.getpwnam("duibiao")
    except KeyError:
        shell = ["--system", "--home-dir", "/var/lib/duibiao", "--shell", "/usr/sbin/nologin", "duibiao"]
        _plainly("useradd", *shell)
    account = pwd.getpwnam("duibiao")
    for folder in (PLAIN.parent, KEPT):
        folder.mkdir(exist_ok=True)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _become() -> dict[str, object]:
    account = pwd.getpwnam("duibiao")
    return {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
        "cwd": "/srv",
        "umask": 0o077,
    }


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/srv"}


def _run(*arguments: str) -> str:
    return _as_duibiao([DUIBIAO, *arguments, "--lang", "en"], _environment())


def _as_duibiao(command: list[str], environment: dict[str, str], code: int = 0) -> str:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60, **_become()
    )
    if done.returncode != code:
        raise SystemExit(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}[exit {done.returncode}]")
    return done.stdout + done.stderr


def _plainly(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}[exit {done.returncode}]")
    return done.stdout


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    if found is None:
        raise SystemExit(page)
    return found[1]


def _is(found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"line {sys._getframe(1).f_lineno}: {found!r}, not {wanted!r}")


def _loopback_up() -> None:
    # SIOCSIFFLAGS with IFF_UP: the smallest system has no `ip`.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, 0x8914, struct.pack("16sH14x", b"lo", 1))


if __name__ == "__main__":
    main(sys.argv[1])

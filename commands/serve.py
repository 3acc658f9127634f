"""``duibiao serve``: the workbench, for one person on this machine or for an office's network."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import complain, speak
from commands.options import DATABASE, own_words_option
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from workbench.serving import Workbench
    from workbench.settings import Settings

_LOOPBACK = "127.0.0.1"


@click.command(
    help=speak(
        "打开网页工作台：自查填报、复核验收、规则修订。",
        "Start the workbench: pages for self-checks, inspection and rule changes.",
    )
)
@click.option(
    "--local",
    is_flag=True,
    help=speak("只供本机一人使用，不用登录", "for one person on this machine, without signing in"),
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("duibiao-data"),
    show_default=True,
    metavar=speak("文件夹", "DIR"),
    help=speak("数据库、附件和规则放在这里", "where the database, files and rules are kept"),
)
@click.option(
    "--database",
    envvar=DATABASE,
    show_envvar=True,
    metavar=speak("地址", "URL"),
    help=speak(
        "改用 PostgreSQL，如 postgresql://用户@主机/库名；也可写在环境变量里",
        "use PostgreSQL: postgresql://user@host/database; or state it in the environment",
    ),
)
@click.option(
    "--host",
    default=_LOOPBACK,
    show_default=True,
    metavar=speak("地址", "ADDRESS"),
    help=speak("在哪个网络地址上监听", "the address to listen on"),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    metavar=speak("端口", "PORT"),
    help=speak("端口；0 为任选一个空闲的", "the port; 0 takes a free one"),
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar=speak("域名", "NAME"),
    help=speak("浏览器用哪个名称或地址访问；可重复", "a name or address that browsers use; repeatable"),
)
@click.option(
    "--https",
    is_flag=True,
    help=speak("前面有 HTTPS 代理（如 nginx）", "a proxy (such as nginx) speaks HTTPS before it"),
)
@click.option(
    "--sign",
    "seal",
    type=click.Path(path_type=Path),
    metavar=speak("签章设置.yaml", "SEAL.yaml"),
    help=speak("签发的评分表用它加盖电子签章", "sign the scorecards that are issued with it"),
)
@click.option(
    "--demo",
    is_flag=True,
    help=speak(
        "在空的数据文件夹里建一套演示数据，只供本机试用",
        "fill an empty data folder with a demonstration, for this machine",
    ),
)
@click.option(
    "--openid",
    type=click.Path(path_type=Path),
    metavar=speak("登录设置.yaml", "SETTINGS.yaml"),
    help=speak("用 OpenID Connect 统一身份认证登录", "let people sign in by an OpenID Connect provider"),
)
@own_words_option
def serve(
    local: bool,
    data: Path,
    database: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    https: bool,
    seal: Path | None,
    demo: bool,
    openid: Path | None,
) -> None:
    """Open the database, then serve until stopped."""
    from workbench.settings import Settings
    from workbench.storage.database import database_url

    if local and (host != _LOOPBACK or names or https or openid is not None):
        raise click.UsageError(
            speak(
                "--local 只在本机使用，不配 --host、--name、--https、--openid",
                "--local is for this machine: no --host, --name, --https, --openid",
            )
        )
    if demo and (local or host != _LOOPBACK or names or database is not None):
        raise click.UsageError(
            speak(
                "--demo 只在本机试用，不配 --local、--host、--name、--database",
                "--demo is for this machine: no --local, --host, --name, --database",
            )
        )
    stated = Settings(
        data=data,
        database=None if database is None else database_url(database),
        local=local,
        hosts=("localhost", _LOOPBACK, "[::1]", *(() if host in (_LOOPBACK, "0.0.0.0") else (host,)), *names),  # noqa: S104 - compared
        https=https,
        seal=seal,
        openid=openid,
    )
    _run(stated, host, port, demo=demo)


def _run(settings: Settings, host: str, port: int, *, demo: bool) -> None:
    import uvicorn

    from workbench.app import build
    from workbench.beginning import first_link
    from workbench.publishing import keep_installed

    listening = _listening(host, port)
    app = build(settings)
    keep_installed(app.state.workbench)
    address = _address(settings, host, listening.getsockname()[1])
    if demo:
        _demonstrate(app.state.workbench)
    link = first_link(app.state.workbench)
    click.echo(speak(f"工作台已打开：{address}/", f"The workbench is open: {address}/"))
    if link is not None:
        zh = f"首次使用，请用这个一次性链接设置系统管理员的密码：{address}{link}"
        en = f"First use: set the system administrator's password with this one-time link: {address}{link}"
        click.echo(speak(zh, en))
    click.echo(speak("按 Ctrl+C 停止。", "Press Ctrl+C to stop."))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.https,
        forwarded_allow_ips=_LOOPBACK,
        timeout_graceful_shutdown=10,
    )
    # The server ends what it does, then raises again what stopped it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
    complain(speak("工作台已停止。", "The workbench has stopped."))


def _demonstrate(workbench: Workbench) -> None:
    from workbench.demonstration import ACCOUNTS, PASSWORD, fill, is_demonstration
    from workbench.permissions import ROLES

    if not is_demonstration(workbench):
        click.echo(speak("正在建演示数据……", "Making the demonstration …"))
        fill(workbench)
    click.echo(speak(f"演示账号（密码都是 {PASSWORD}）：", f"Accounts (each with the password {PASSWORD}):"))
    for login, (role, _) in ACCOUNTS.items():
        click.echo(f"  {login:<16}{speak(ROLES[role].zh, ROLES[role].en)}")


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        what = Words(
            f"不能在 {host} 的端口 {port} 上监听（{error.strerror}）",
            f"port {port} of {host} cannot be listened on ({error.strerror})",
        )
        mend = Words(
            "换一个 --port，或停止占用它的程序", "choose another --port, or stop the program that holds it"
        )
        raise InputError([Problem("no_port", Place("--port"), what, mend)]) from None


def _address(settings: Settings, host: str, port: int) -> str:
    if settings.https:
        return f"https://{settings.hosts[-1]}"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"

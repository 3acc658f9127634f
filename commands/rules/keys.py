"""``duibiao rules key`` and ``trust``: an institution's key, and whose signatures this machine trusts."""

from __future__ import annotations

import os
from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import own_words_option
from evaluator.errors import InputError, Place, Problem, Words

PASSPHRASE = "DUIBIAO_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable


@click.command(
    "key",
    help=speak(
        "为发布单位生成一对密钥：私钥自己保管，公钥发给使用者。",
        "Make a publisher's keys: a private one to keep, a public one to give away.",
    ),
)
@click.option(
    "-o",
    "--out",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("名称", "NAME"),
    help=speak(
        "单位的名称，写出 名称.pem 和 名称.pub", "the institution's name: NAME.pem and NAME.pub are written"
    ),
)
@click.option(
    "--passphrase",
    "locked",
    is_flag=True,
    help=speak("给私钥加口令，按提示输入", "lock the private key with a passphrase, which is asked for"),
)
@own_words_option
def make_key(out: Path, locked: bool) -> None:
    """Nothing is overwritten; only the owner may read the private key."""
    from commands.writing import made_whole
    from evaluator.bundles.signing import fingerprint, key_pair
    from evaluator.loading import shown
    from evaluator.persons import persons_in

    if list(persons_in([(Place("-o"), out.name)])):
        what = Words("名称里有个人信息", "the name tells of a person")
        mend = Words("密钥是单位的，用单位的名称", "a key is an institution's: use its name")
        raise InputError([Problem("person", Place(shown(out)), what, mend)])
    stem = out.parent / out.name.removesuffix(".pem").removesuffix(".pub")
    private, public = (stem.parent / f"{stem.name}{ending}" for ending in (".pem", ".pub"))
    for path in (private, public):
        refuse_existing(path)
    made = key_pair(_new_passphrase() if locked else None)
    with made_whole(stem.parent, new=True) as folder:
        _write_private(folder / private.name, made[0])
        (folder / public.name).write_bytes(made[1])
    click.echo(
        printable(f"{private}") + speak("  私钥：自己保管，不要外传", "  private: keep it, give it to nobody")
    )
    click.echo(
        printable(f"{public}") + speak("  公钥：发给使用者", "  public: give it to those who use the rules")
    )
    click.echo(speak("公钥指纹 ", "fingerprint ") + fingerprint(made[1]))


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _new_passphrase() -> bytes:
    given = os.environ.get(PASSPHRASE)
    if given is None:
        given = click.prompt(
            speak("口令", "Passphrase"),
            hide_input=True,
            confirmation_prompt=speak("再输一次", "Once more"),
            err=True,
        )
    if not given:
        raise click.UsageError(speak("口令不能为空", "the passphrase is empty"))
    return str(given).encode()


def passphrase_of(key: Path) -> bytes | None:
    """The passphrase of the private key in ``key``: from the environment, else asked for; None where it has none."""
    import sys

    from evaluator.loading.trust import is_locked

    if not is_locked(key):
        return None
    given = os.environ.get(PASSPHRASE)
    if given is None and sys.stdin.isatty():
        given = click.prompt(speak("私钥的口令", "Passphrase of the key"), hide_input=True, err=True)
    return given.encode() if given else None


@click.command(
    "trust",
    help=speak(
        "信任发布单位的公钥；不写公钥则列出已信任的。",
        "Trust the public keys of publishers (none: list those that are trusted).",
    ),
)
@click.argument("keys", nargs=-1, type=click.Path(path_type=Path), metavar=speak("[公钥.pub]…", "[KEY.pub]…"))
@own_words_option
def trust(keys: tuple[Path, ...]) -> None:
    """The keys are copied to this user's folder, or to the one folder that ``DUIBIAO_TRUSTED`` names."""
    from commands.writing import written_whole
    from evaluator.loading.trust import PUBLIC, TRUSTED, public_key, trusted_keys, trusted_places

    known, problems = trusted_keys()
    if not keys:
        for name, one in known.items():
            click.echo(printable(f"{name}  {one.path}"))
        if problems:
            raise InputError(problems)
        if not known:
            where = "、".join(map(str, trusted_places()))
            click.echo(printable(speak(f"还没有信任任何公钥（{where}）", f"no key is trusted yet ({where})")))
        return
    found = {}
    problems = []
    for path in keys:
        try:
            name, content = public_key(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        found[name] = (path.name.removesuffix(PUBLIC) + PUBLIC, content)
    if problems:
        raise InputError(problems)
    places = trusted_places()
    if len(places) != 1 or places[0].is_file():
        zh = f"{TRUSTED} 写的不是一个文件夹，不知道存到哪里"
        raise click.UsageError(
            speak(zh, f"{TRUSTED} does not name one folder: there is no place to put a key")
        )
    new = {name: one for name, one in found.items() if name not in known}
    for file, _ in new.values():
        refuse_existing(places[0] / file)
    with written_whole(places[0], new=True) as write:
        for file, content in new.values():
            write(file, content)
    for name, (file, _) in found.items():
        kept = known[name].path if name in known else places[0] / file
        click.echo(printable(speak(f"已信任 {name}  {kept}", f"trusted: {name}  {kept}")))

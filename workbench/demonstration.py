"""A filled demonstration: a province with accounts of every role and submissions at every stage. Nothing in it is real.

The passwords stand in this file: it is made in an empty folder alone, and served on this machine alone.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import func, select

import evaluator
from evaluator.emitting import as_data
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.json_text import json_bytes
from evaluator.loading import load_submission, submission_in
from workbench import accounts as keeping
from workbench import attachments, drafts, filling, units
from workbench.audit import PROGRAM, Deed
from workbench.permissions import Role
from workbench.serving import Workbench
from workbench.storage.tables import accounts, audit

PASSWORD = "duibiao-demo"  # noqa: S105 - known to everybody by design
RULES = "kunming-model-community"
UNITS = (
    ("yunnan", "云南省", "province", None),
    ("kunming", "昆明市", "city", "yunnan"),
    ("panlong", "盘龙区", "district", "kunming"),
    ("cuihu", "翠湖街道", "street", "panlong"),
    ("cuihu-an", "翠湖岸社区", "community", "cuihu"),
    ("cuihu-dong", "翠湖东社区", "community", "cuihu"),
    ("cuihu-xi", "翠湖西社区", "community", "cuihu"),
)
ACCOUNTS: dict[str, tuple[Role, str | None]] = {
    "community": ("community", "cuihu-an"),
    "community-dong": ("community", "cuihu-dong"),
    "community-xi": ("community", "cuihu-xi"),
    "street": ("street", "cuihu"),
    "street-review": ("street_reviewer", "cuihu"),
    "district-review": ("district_reviewer", "panlong"),
    "inspector": ("inspector", "yunnan"),
    "policy": ("policy_officer", "yunnan"),
    "policy-two": ("policy_officer", "yunnan"),
    "sysadmin": ("system_admin", None),
    "secadmin": ("security_admin", None),
    "audadmin": ("audit_admin", None),
}
# Which example stands for whom, and whether it was submitted.
_STATED = (
    ("community-dong", "cuihu-dong", "borderline", 2025, True),
    ("community-xi", "cuihu-xi", "excellent", 2025, True),
    ("community", "cuihu-an", "borderline", 2024, True),
    ("community", "cuihu-an", "middling", 2025, False),
)


def is_demonstration(workbench: Workbench) -> bool:
    """Whether what is here was made by ``fill``."""
    with workbench.database.read() as connection:
        made = select(audit.c.n).where(audit.c.action == "demonstration.fill")
        return connection.execute(made.limit(1)).one_or_none() is not None


def fill(workbench: Workbench, examples: Path | None = None) -> None:
    """Fill an empty workbench; raises ``InputError`` where there is anything in it."""
    with workbench.database.read() as connection:
        if connection.execute(select(func.count()).select_from(accounts)).scalar_one():
            what = Words(
                "这里已经有数据，演示只在空文件夹里建",
                "there is data here: a demonstration is made in an empty folder",
            )
            mend = Words("换一个 --data", "choose another --data")
            raise InputError([Problem("not_empty", Place(str(workbench.settings.data)), what, mend)])
    with workbench.database.write() as change:
        for one in UNITS:
            units.make(change, *one)
        kept = keeping.hashed(PASSWORD)
        for login, (role, unit) in ACCOUNTS.items():
            keeping.make_account(change, login, role, unit)
            change.execute(accounts.update().where(accounts.c.login == login).values(password=kept))
        change.tell(PROGRAM, Deed("demonstration.fill", "system"))
    folder = examples or _examples()
    for login, unit, name, year, sent in _STATED:
        _state(workbench, folder / f"{name}.yaml", login, unit, year, sent=sent)


def _examples() -> Path:
    """The folder of the examples: beside the rules of a checkout, or inside of a wheel."""
    beside = Path(__file__).resolve().parents[1] / "examples" / RULES
    return beside if beside.is_dir() else Path(evaluator.__file__).parent / "_examples" / RULES


def _state(workbench: Workbench, source: Path, login: str, unit: str, year: int, *, sent: bool) -> None:
    loaded = filling.newest(RULES)
    data = as_data(load_submission(source, loaded.catalogue))
    stated = str(data["period"]["to"])[:4]
    name = next(one[1] for one in UNITS if one[0] == unit)
    data["subject"] |= {"id": unit, "name": name, "region": ["云南省", "昆明市", "盘龙区", "翠湖街道"]}
    data.pop("as_of", None)
    base = (
        json_bytes(data)
        .decode()
        .replace(f'"{stated}-', f'"{year}-')
        .replace(f"{stated}年", f"{year}年")
        .encode()
    )
    with workbench.database.read() as connection:
        account = keeping.account_of(connection, login)
    assert account is not None
    named = sorted(
        {
            one
            for _, _, entry in submission_in(base, "base.json", loaded.catalogue).entries()
            for one in entry.files
        }
    )
    examined = [attachments.examined(one, _picture(f"{unit} {year}", one)) for one in named]
    for _, content in examined:
        workbench.evidence.keep(content)
    with workbench.database.write() as change:
        number = drafts.begin(
            change, account, unit, loaded, (date(year, 1, 1), date(year, 12, 31)), base=base
        )
        for record, _ in examined:
            attachments.keep(change, number, record, login)
        draft = drafts.find(change.connection, number)
        assert draft is not None
        if sent:
            filling.submit(change, draft, drafts.account_doer(account))


def _picture(text: str, name: str) -> bytes:
    """A picture that looks like no other: blocks of colours that follow from ``text`` and ``name``, whose ending it suits."""
    made = Image.new("RGB", (480, 320), (236, 240, 246))
    pen = ImageDraw.Draw(made)
    seed = int.from_bytes(sha256(f"{text} {name}".encode()).digest()[:4])
    for n in range(24):
        seed = (seed * 1103515245 + 12345) % 2**31
        x, y, size = seed % 440, seed // 900 % 280, 20 + seed // 7 % 90
        colour = (seed % 200, seed // 3 % 200, seed // 11 % 220)
        pen.rectangle((x, y, x + size, y + size), fill=colour, outline=(n * 10, 60, 90))
    out = BytesIO()
    made.save(out, "PDF" if name.endswith(".pdf") else "PNG" if name.endswith(".png") else "JPEG")
    return out.getvalue()

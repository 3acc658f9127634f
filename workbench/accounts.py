"""Accounts: passwords, one-time links, sessions, and how often one may try. An account is a login, a unit and a role."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from evaluator.errors import Words
from evaluator.persons import found_in
from workbench.moments import after, written
from workbench.permissions import Account, Role, Unit
from workbench.storage.database import Database, Transaction
from workbench.storage.tables import accounts, attempts, links, sessions, units

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
LINK_MINUTES = 24 * 60
IDLE_MINUTES = 30
LONGEST_MINUTES = 12 * 60
# So many failures for a login or from an address within so many minutes, and the next attempt waits.
MOST_FAILURES = {"login": 5, "address": 30}
FAILURE_MINUTES = 15
_SEEN_EVERY_MINUTES = 1
# The parameters that RFC 9106 recommends where memory is scarce: 64 MiB, three passes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# Hashed once: an unknown login takes as long to refuse as a wrong password.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


class SignedIn(NamedTuple):
    """A new session: the token for the cookie, and whom it is of."""

    token: str
    login: str


def fault_of_login(login: str) -> Words | None:
    """What is wrong with a login name; None where it may be one."""
    if LOGIN.fullmatch(login) is None:
        return Words(
            "账号用 3 到 40 个小写字母、数字、点、横线，以字母开头",
            "3 to 40 small letters, digits, dots and dashes, beginning with a letter",
        )
    if found_in(login):
        return Words("账号里不要有手机号、证件号", "no telephone or identity number in a login name")
    return None


def fault_of_password(password: str, login: str) -> Words | None:
    """What is wrong with a new password; None where it will do. Length and the login name are looked at, nothing else counts."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return Words(
            f"密码要 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字",
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
        )
    if login and login.casefold() in password.casefold():
        return Words("密码里不要有账号", "a password does not hold the login name")
    if len(set(password)) < 5:
        return Words("密码太简单：不同的字太少", "too simple: too few different characters")
    return None


def hashed(password: str) -> str:
    """The argon2id hash that is kept."""
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether ``password`` is that of the hash; as slow where there is none."""
    try:
        _HASHER.verify(kept or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def digest_of(token: str) -> str:
    """What is kept of a token: whoever reads the database can sign in with none."""
    return sha256(token.encode()).hexdigest()


def account_of(connection: Connection, login: str) -> Account | None:
    """The account, if it is active and has a role."""
    found = connection.execute(
        select(accounts, *_OF_UNIT)
        .outerjoin(units, accounts.c.unit == units.c.id)
        .where(accounts.c.login == login)
    ).one_or_none()
    if found is None or not found.is_active or found.role is None:
        return None
    return Account(found.login, found.role, _unit(found))


_OF_UNIT = (units.c.name, units.c.kind, units.c.parent, units.c.path)


def _unit(found: object) -> Unit | None:
    unit: str | None = found.unit  # type: ignore[attr-defined]  # a row of the query above
    if unit is None:
        return None
    return Unit(unit, found.name, found.kind, found.parent, found.path)  # type: ignore[attr-defined]


def waits(connection: Connection, login: str | None, address: str, now: str) -> bool:
    """Whether so many attempts failed lately that the next has to wait; ``login`` is None where no account is named."""
    for kind, name in _keys(login, address):
        number = connection.execute(
            select(func.count()).where(attempts.c.key == f"{kind}:{name}"[:128], attempts.c.at > now)
        ).scalar_one()
        if number >= MOST_FAILURES[kind]:
            return True
    return False


def note_failure(transaction: Transaction, login: str | None, address: str, forgotten_before: str) -> None:
    """Remember a failure for as long as it counts."""
    transaction.execute(delete(attempts).where(attempts.c.at <= forgotten_before))
    for kind, name in _keys(login, address):
        transaction.execute(insert(attempts).values(key=f"{kind}:{name}"[:128], at=transaction.now))


def _keys(login: str | None, address: str) -> list[tuple[str, str]]:
    return [*([] if login is None else [("login", login)]), ("address", address)]


def use_once(transaction: Transaction, token: str, forgotten_before: str) -> bool:
    """Whether ``token`` is used for the first time within the minutes for which failures count, too."""
    transaction.execute(delete(attempts).where(attempts.c.at <= forgotten_before))
    key = f"once:{digest_of(token)}"
    if transaction.execute(select(attempts.c.id).where(attempts.c.key == key)).first() is not None:
        return False
    transaction.execute(insert(attempts).values(key=key, at=transaction.now))
    return True


def is_same(kept: str, sent: str) -> bool:
    """Whether two secrets are one, told in the same time for any two."""
    return hmac.compare_digest(kept.encode(), sent.encode())


def since(database: Database) -> str:
    """The moment from which failures count."""
    return after(database.clock(), -FAILURE_MINUTES)


def begin_session(transaction: Transaction, database: Database, login: str) -> SignedIn:
    """A new session; those that have run out are forgotten."""
    now = database.clock()
    transaction.execute(delete(sessions).where(sessions.c.expires_at <= written(now)))
    token = secrets.token_urlsafe(32)
    transaction.execute(
        insert(sessions).values(
            token=digest_of(token),
            login=login,
            csrf=secrets.token_urlsafe(32),
            seen_at=written(now),
            expires_at=after(now, LONGEST_MINUTES),
        )
    )
    return SignedIn(token, login)


# Built once: it is asked for with every request.
_SESSION = (
    select(
        sessions.c.csrf,
        sessions.c.seen_at,
        sessions.c.expires_at,
        accounts.c.login,
        accounts.c.role,
        accounts.c.is_active,
        accounts.c.unit,
        *_OF_UNIT,
    )
    .join(accounts, sessions.c.login == accounts.c.login)
    .outerjoin(units, accounts.c.unit == units.c.id)
    .where(sessions.c.token == bindparam("kept"))
)


def session_of(database: Database, token: str) -> Account | None:
    """Whose session ``token`` is; None where it is none, has run out, or its account was locked or lost its role."""
    found, is_due = look_up(database, token)
    if is_due:
        note_seen(database, token)
    return found


def look_up(database: Database, token: str) -> tuple[Account | None, bool]:
    """As ``session_of``, and whether it is to be noted that the session was seen; nothing is written."""
    now = database.clock()
    with database.read() as connection:
        found = connection.execute(_SESSION, {"kept": digest_of(token)}).one_or_none()
    if found is None or not found.is_active or found.role is None or found.expires_at <= written(now):
        return None, False
    if found.seen_at <= after(now, -IDLE_MINUTES):
        return None, False
    is_due = found.seen_at <= after(now, -_SEEN_EVERY_MINUTES)
    return Account(found.login, found.role, _unit(found), found.csrf), is_due


def note_seen(database: Database, token: str) -> None:
    """Note that a session was seen now."""
    with database.unlogged() as transaction:
        seen = update(sessions).where(sessions.c.token == digest_of(token))
        transaction.execute(seen.values(seen_at=transaction.now))


def end_session(transaction: Transaction, token: str) -> None:
    """End this session."""
    transaction.execute(delete(sessions).where(sessions.c.token == digest_of(token)))


def end_sessions_of(transaction: Transaction, login: str) -> None:
    """End every session of an account: its password, role or state has changed."""
    transaction.execute(delete(sessions).where(sessions.c.login == login))


def make_account(transaction: Transaction, login: str, role: Role | None, unit: str | None) -> None:
    """A new account without a password."""
    transaction.execute(
        insert(accounts).values(
            login=login, role=role, unit=unit, password=None, is_active=True, made_at=transaction.now
        )
    )


def make_link(transaction: Transaction, database: Database, login: str) -> str:
    """The token of a new one-time link to set a password; earlier ones of this account are void."""
    token = secrets.token_urlsafe(32)
    transaction.execute(delete(links).where(links.c.login == login))
    transaction.execute(
        insert(links).values(
            token=digest_of(token), login=login, expires_at=after(database.clock(), LINK_MINUTES)
        )
    )
    return token


def login_of_link(connection: Connection, token: str, now: str) -> str | None:
    """Whose one-time link it is; None where it is none, was used or has run out."""
    found: str | None = connection.execute(
        select(links.c.login).where(links.c.token == digest_of(token), links.c.expires_at > now)
    ).scalar_one_or_none()
    return found


def login_of_identity(connection: Connection, identity: str) -> str | None:
    """The account that is bound to an identity of the OpenID provider."""
    found: str | None = connection.execute(
        select(accounts.c.login).where(accounts.c.identity == identity)
    ).scalar_one_or_none()
    return found


def bind(transaction: Transaction, login: str, identity: str) -> None:
    """Bind an account to an identity; links and sessions of the account end."""
    transaction.execute(update(accounts).where(accounts.c.login == login).values(identity=identity))
    transaction.execute(delete(links).where(links.c.login == login))
    end_sessions_of(transaction, login)


def set_password(transaction: Transaction, login: str, password: str) -> None:
    """Keep the hash of a new password; links and sessions of the account end."""
    transaction.execute(update(accounts).where(accounts.c.login == login).values(password=hashed(password)))
    transaction.execute(delete(links).where(links.c.login == login))
    end_sessions_of(transaction, login)

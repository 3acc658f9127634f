"""The rows of 检查 → the checks of each owner: rows nest by their numbers, values find their keys by columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from evaluator.checks import KINDS, BaseCheck
from evaluator.errors import Words
from evaluator.model import Model
from evaluator.reading import Path
from evaluator.table.cells import Wrong, squeezed
from evaluator.table.check_rows import FORMS, MEMBER, kind_word, kind_words, parts_of, prefix_of, tops
from evaluator.table.columns import of_sheet
from evaluator.table.entries import Entry
from evaluator.table.gathering import Gathering, as_it_is
from evaluator.table.items import Items
from evaluator.table.knowing import of_these
from evaluator.table.names import name
from evaluator.table.records import ITEM_KEYS, Scalar, put
from evaluator.table.shapes import Field

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
# Stands for an item that was named at its cell as unknown, so that the check is not told to lack one as well.
_UNREAD = "unread"
_FRAME = ("owner", "called", "number", "role", "form", "kind")


class _Node(NamedTuple):
    entry: Entry
    number: tuple[int, ...]
    below: list[_Node]


class CheckReader:
    """Builds checks from their rows."""

    def __init__(self, gathering: Gathering, items: Items) -> None:
        self._all, self._items = gathering, items
        self._titles = {one.key: one.title for one in of_sheet("checks")}

    def read(self, rows: Iterable[Entry], model: type[Model], data: dict[str, Any], path: Path) -> None:
        """Put the checks of one owner into its ``data``."""
        allowed = {field.key: field for field in tops(model)}
        for node in self._nested(rows):
            key = self._role(node.entry, allowed, "check" if "check" in allowed else "")
            if key is not None:
                self._put(allowed[key], node, data, path, path)

    def _nested(self, rows: Iterable[Entry]) -> list[_Node]:
        roots: list[_Node] = []
        seen: dict[tuple[int, ...], _Node] = {}
        numbered = []
        for entry in rows:
            text = entry.text("number")
            if _NUMBER.fullmatch(text):
                numbered.append(_Node(entry, tuple(map(int, text.split("."))), []))
            else:
                what = Words(f"“{text}”不是层次" if text else "没有写层次", f"{text!r} is no number of a row")
                self._all.wrong(
                    entry,
                    "number",
                    Wrong("bad_row_number", what, Words("写 1、2，或 1.1、1.2", "write 1, 2, or 1.1, 1.2")),
                )
        # Rows keep their order where two have one number; a table that was sorted is read by the numbers.
        for node in sorted(numbered, key=lambda one: one.number):
            above = seen.get(node.number[:-1])
            seen[node.number] = node
            if len(node.number) == 1:
                roots.append(node)
            elif above is not None:
                above.below.append(node)
            else:
                number = ".".join(map(str, node.number[:-1]))
                what = Words(f"上面没有层次 {number} 的行", f"there is no row {number} above it")
                self._all.wrong(
                    node.entry,
                    "number",
                    Wrong(
                        "no_row_above",
                        what,
                        Words("改正层次，或补上那一行", "mend the number, or add that row"),
                    ),
                )
        return roots

    def _role(
        self,
        entry: Entry,
        allowed: Mapping[str, Field],
        default: str,
        members: Mapping[str, str] | None = None,
    ) -> str | None:
        """The key under which a row stands; None where it cannot stand here."""
        words = {squeezed(name(key).zh): key for key in allowed} | {
            squeezed(name(MEMBER).zh): key for key in members or ()
        }
        text = entry.text("role")
        found = words.get(squeezed(text)) if text else default
        if found:
            return found
        shown = [name(key).zh for key in allowed if key not in (members or ())] + (
            [name(MEMBER).zh] if members else []
        )
        what = Words(
            f"用处：这里不能是“{text}”" if text else "没有写用处",
            f"it cannot be {text!r} here" if text else "its use is not written",
        )
        self._all.wrong(
            entry,
            "role",
            Wrong(
                "bad_role",
                what,
                of_these(text, shown)
                if shown
                else Words("这一行里面不能再分", "nothing stands inside this row"),
            ),
        )
        return None

    def _put(self, field: Field, node: _Node, data: dict[str, Any], path: Path, loc: Path) -> None:
        several = field.shape.kind == "rows"
        here, at = (*path, field.key), (*loc, field.key)
        if several:
            number = len(data.setdefault(field.key, []))
            here, at = (*here, number), (*at, number)
        elif field.key in data:
            what = Words(f"“{name(field.key).zh}”只能有一行", f"there can be one row of {field.key}")
            mend = Words("要几项一起查，用“全部做到”，各项写在它里面", "use a group for several")
            self._all.wrong(node.entry, "number", Wrong("one_row", what, mend))
            return
        built = self._built(field, node, here, at)
        if several:
            data[field.key].append(built)
        else:
            data[field.key] = built

    def _built(self, field: Field, node: _Node, path: Path, loc: Path) -> dict[str, Any]:
        entry, used = node.entry, set(_FRAME[:4])
        data: dict[str, Any] = {}
        self._all.mark(path, loc, entry, "kind" if entry.text("kind") else "role", self._called(entry))
        below: list[tuple[Mapping[str, Field], Mapping[str, str], dict[str, Any], Path, Path]] = []
        self._model(field, entry, data, path, loc, used, below)
        self._below(node, below)
        for key in entry.cells.keys() - used:
            if key in self._titles:
                title = self._titles[key]
                what = Words(f"这一行不用“{title}”一栏", f"the column {title} means nothing in this row")
                self._all.wrong(
                    entry,
                    key,
                    Wrong(
                        "not_here",
                        what,
                        Words("清空这一格，或核对种类", "empty this cell, or check the kind"),
                    ),
                )
        return data

    def _model(
        self,
        field: Field,
        entry: Entry,
        data: dict[str, Any],
        path: Path,
        loc: Path,
        used: set[str],
        below: list[Any],
    ) -> None:
        models = field.shape.models
        form = ""
        if issubclass(models[0], BaseCheck):
            used.add("kind")
            found = self._kind(entry, models)
            if found is None:
                used.update(entry.cells)
                return
            kind, form = found
            data["kind"] = kind
            model: type[Model] = KINDS[kind]
            loc = (*loc, kind)
        else:
            model = models[0]
        parts = parts_of(model, prefix_of(field, model))
        self._values(entry, model, parts.scalars, parts.items, form, data, path, loc, used)
        members = FORMS.get(str(data.get("kind", "")), {})
        fields = {
            one.key: one
            for one in parts.below
            if not members or one.key not in members.values() or one.key == members.get(form)
        }
        below.append((fields, {members[form]: MEMBER} if form else {}, data, path, loc))
        if form and form != "each":
            data.setdefault(form, [])
        if parts.ways:
            used.add("form")
            way = self._way(entry, field, parts.ways)
            if way is not None:
                inner: dict[str, Any] = {}
                data[way.key] = inner
                here = (*path, way.key)
                self._all.mark(here, (*loc, way.key), entry, "form")
                self._model(way, entry, inner, here, (*loc, way.key), used, below)

    def _kind(self, entry: Entry, models: tuple[type[Model], ...]) -> tuple[str, str] | None:
        text = entry.text("kind")
        words = {squeezed(word): found for word, found in kind_words().items() if KINDS[found[0]] in models}
        found = words.get(squeezed(text))
        if found is None and text in KINDS and KINDS[text] in models and text not in FORMS:
            found = (text, "")
        if found is None:
            shown = [kind_word(*one) for one in words.values()]
            what = Words(
                f"种类：这里不能是“{text}”" if text else "没有写种类",
                f"the kind cannot be {text!r} here" if text else "no kind is written",
            )
            self._all.wrong(entry, "kind", Wrong("bad_kind", what, of_these(text, shown)))
        return found

    def _way(self, entry: Entry, field: Field, ways: tuple[Field, ...]) -> Field | None:
        text = entry.text("form")
        words = {squeezed(name(f"{field.key}.{one.key}").zh): one for one in ways}
        found = words.get(squeezed(text)) if text else ways[0] if len(ways) == 1 else None
        if found is None:
            shown = [name(f"{field.key}.{one.key}").zh for one in ways]
            title = self._titles["form"]
            what = Words(
                f"{title}：这里不能是“{text}”" if text else f"没有写“{title}”",
                f"the form cannot be {text!r} here",
            )
            self._all.wrong(entry, "form", Wrong("bad_form", what, of_these(text, shown)))
        return found

    def _values(
        self, entry: Entry, model: type[Model], scalars: tuple[Scalar, ...], keys: tuple[str, ...], form: str,
        data: dict[str, Any], path: Path, loc: Path, used: set[str],
    ) -> None:  # fmt: skip
        if "denominator" in keys:
            used.add("denominator")
            self._item(entry, "denominator", ("denominator",), data, path, loc)
        keys = tuple(key for key in keys if key != "denominator" and (not form or form == key))
        if keys:
            used.add("evidence")
            self._item(entry, "evidence", keys, data, path, loc)
        for scalar in scalars:
            used.add(scalar.column)
            resolve = (
                self._items.parts(str(data.get("documents", ""))) if scalar.column == "contains" else as_it_is
            )
            self._all.value(entry, scalar, data, path, loc, resolve=resolve)

    def _item(
        self, entry: Entry, column: str, keys: tuple[str, ...], data: dict[str, Any], path: Path, loc: Path
    ) -> None:
        kinds = {ITEM_KEYS[key]: key for key in keys}
        for key in keys:
            self._all.mark((*path, key), (*loc, key), entry, column, self._titles[column])
        text = entry.text(column)
        if not text:
            if column not in entry.cells and len(keys) == 1:
                return  # the model says that it is missing
            what = Words("没有写佐证", "no evidence is named")
            self._all.wrong(
                entry, column, Wrong("no_item", what, Words("从下拉表里选", "choose it from the list"))
            )
            put(data, (keys[0],), _UNREAD)
            return
        found = self._items.resolve(text, tuple(kinds))
        if isinstance(found, Wrong):
            self._all.wrong(entry, column, found, self._titles[column])
            put(data, (keys[0],), _UNREAD)
            return
        kind, identifier = found
        put(data, (kinds[kind],), identifier)

    def _below(self, node: _Node, places: list[Any]) -> None:
        for one in node.below:
            allowed: dict[str, Field] = {}
            members: dict[str, str] = {}
            owners: dict[str, tuple[dict[str, Any], Path, Path]] = {}
            for fields, inner_members, data, path, loc in places:
                for key, field in fields.items():
                    allowed.setdefault(key, field)
                    owners.setdefault(key, (data, path, loc))
                members |= inner_members
            default = next(iter(members), next(iter(allowed), "") if len(allowed) == 1 else "")
            key = self._role(one.entry, allowed, default, members)
            if key is not None:
                self._put(allowed[key], one, *owners[key])

    def _called(self, entry: Entry) -> str:
        return entry.text("kind") or entry.text("role")

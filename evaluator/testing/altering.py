"""A frozen model with one thing in it replaced: whatever the model is, by the names of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from evaluator.model import Model

M = TypeVar("M", bound=Model)
Path = tuple[Any, ...]
DROPPED: Any = object()


def altered(model: M, path: Path, values: Mapping[str, Any]) -> M | None:
    """``model`` with ``values`` in the fields of what stands at ``path``; None where such a model would be refused.

    A path goes by field names, positions and keys. A field that is ``DROPPED`` gets its default.
    """
    try:
        changed = _altered(model, path, values)
    except ValidationError:
        return None
    assert isinstance(changed, type(model))
    return changed


def shown_path(model: Model, path: Path) -> str:
    """``path`` as it stands in the file: ``check.all#2.at_least``."""
    text = ""
    here: Any = model
    for part in path:
        if isinstance(here, Model):
            text += f".{_alias(type(here), part)}"
            here = getattr(here, part)
        else:
            text += f"#{part + 1}" if isinstance(part, int) else f".{part}"
            here = here[part]
    return text.removeprefix(".")


def _altered(here: Any, path: Path, values: Mapping[str, Any]) -> Any:
    if path:
        part, rest = path[0], path[1:]
        if isinstance(here, tuple):
            return tuple(_altered(one, rest, values) if n == part else one for n, one in enumerate(here))
        return _rebuilt(here, {part: _altered(getattr(here, part), rest, values)})
    return _rebuilt(here, values)


def _rebuilt(model: Model, values: Mapping[str, Any]) -> Model:
    kind = type(model)
    fields = {name: getattr(model, name) for name in model.model_fields_set} | dict(values)
    given = {_alias(kind, name): value for name, value in fields.items() if value is not DROPPED}
    return kind.model_validate(given)


def _alias(kind: type[Model], name: str) -> str:
    return kind.model_fields[name].alias or name

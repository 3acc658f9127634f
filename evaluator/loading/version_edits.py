"""``versions.yaml`` edited, with its comments and its layout kept."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from evaluator.loading.schema_lines import schema_line_beside
from evaluator.model import Text
from evaluator.versions import Passage

_HEAD = "# 规则集的版本和状态，由 duibiao rules state 和 duibiao rules publish 写入。已发布的版本不再改动。\nversions: []\n"


def begun(folder: Path) -> str:
    """``versions.yaml`` for a ruleset in ``folder`` that has none."""
    return schema_line_beside(folder, "versions") + _HEAD


def with_passage(
    text: str,
    version: str,
    passage: Passage,
    *,
    digest: str | None = None,
    criteria: Iterable[str] = (),
    erratum: Text | None = None,
) -> str:
    """``versions.yaml`` with ``version`` come into a state; comments and layout are kept.

    ``digest`` and ``criteria`` are recorded at publication.
    """
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 130, True
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data: Any = yaml.load(text)
    if data["versions"] == []:
        data["versions"] = CommentedSeq()
    entry = next((one for one in data["versions"] if str(one["version"]) == version), None)
    if entry is None:
        entry = CommentedMap(version=Quoted(version), states=CommentedSeq())
        data["versions"].append(entry)
    state = CommentedMap(state=passage.state, on=Quoted(passage.on.isoformat()))
    if passage.document is not None:
        state["document"] = Quoted(passage.document)
    state.fa.set_flow_style()
    entry["states"].append(state)
    if erratum is not None:
        words = {"zh": Quoted(erratum.zh), **({} if erratum.en is None else {"en": Quoted(erratum.en)})}
        entry["erratum"] = CommentedMap(words)
        entry["erratum"].fa.set_flow_style()
    if digest is not None:
        entry["digest"] = digest
        entry["criteria"] = CommentedSeq(criteria)
        entry["criteria"].fa.set_flow_style()
    target = StringIO()
    yaml.dump(data, target)
    # A list that goes on is broken after its blank.
    return target.getvalue().replace(", \n", ",\n")

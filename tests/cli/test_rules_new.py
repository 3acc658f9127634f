"""``rules new``: what it makes passes as it is, explains every key, and never overwrites anything."""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commands.rules.new import MODELS, SUBJECTS
from evaluator.loading import check_ruleset, load_cases, load_ruleset
from evaluator.loading.next_edition import next_edition
from evaluator.model import SUBJECTS as KINDS
from evaluator.reading import read_yaml
from evaluator.starting.files import texts
from evaluator.starting.sample import Wish

RULES = Path(__file__).resolve().parents[2] / "rules"
WISH = Wish("demo", ("示例", "Example"), ("community",), "points", "2026-01-01")


def test_what_is_made_passes_check_and_test_and_fits_the_schemas_beside_it(duibiao, tmp_path) -> None:
    done = duibiao("rules", "new", "lin-an-2026", "--title", "临岸市评估", "--model", "absolute")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        f"lin-an-2026/{name}.yaml" for name in ("ruleset", "clauses", "cases", "catalogue")
    ]
    assert duibiao("rules", "check", "lin-an-2026").out == "lin-an-2026：2 项指标，没有问题\n"
    assert duibiao("rules", "test", "lin-an-2026").out == "12 个用例，0 个不符\n"
    assert load_ruleset(str(tmp_path / "lin-an-2026")).ruleset.title.zh == "临岸市评估"
    for path in sorted((tmp_path / "lin-an-2026").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        line = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.partition("\n")[0])
        assert line is not None
        assert line[1] == f"../.schemas/{path.stem}.schema.json"
        schema = json.loads((path.parent / line[1]).read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(read_yaml(text, path.name).data)) == []
    assert (tmp_path / ".schemas" / "versions.schema.json").is_file()


@pytest.mark.parametrize("model", MODELS)
def test_every_subject_and_model_passes(tmp_path, model) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    made = texts(WISH._replace(subject=SUBJECTS, model=model, since="2024-02-29"), "en", "../.schemas")
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert check_ruleset(folder).problems == ()


@pytest.mark.parametrize("model", MODELS)
def test_no_change_of_what_is_made_goes_unnoticed_and_no_boundary_uncovered(duibiao, model) -> None:
    duibiao("rules", "new", "demo", "--model", model)
    done = duibiao("rules", "test", "demo", "--mutate", "--coverage")
    assert (done.code, done.err) == (0, "")
    assert "，0 处没有用例察觉" in done.out
    assert "没有遗漏" in done.out


def test_the_choices_are_those_of_the_engine() -> None:
    assert set(SUBJECTS) == set(KINDS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_is_explained_above_it_where_it_first_stands(language) -> None:
    for text in texts(WISH, language, "s").values():
        known: set[str] = set()
        for before, line in pairwise(text.splitlines()[2:]):
            key = re.match(r"\s*(?:- )?([a-z_]+):", line)
            if key and key[1] not in known and not key[1].startswith("example_"):
                known.add(key[1])
                assert before.lstrip().startswith("# "), line
                assert bool(re.search("[\u4e00-\u9fff]", before)) is (language == "zh"), before


def test_in_the_project_s_own_rules_the_schemas_of_docs_are_named(tmp_path, duibiao) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "docs" / "schemas").mkdir(parents=True)
    (tmp_path / "docs" / "schemas" / "ruleset.schema.json").write_text("{}")
    assert duibiao("rules", "new", "demo", "--dir", "rules").code == 0
    head = (tmp_path / "rules" / "demo" / "ruleset.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert head == "# yaml-language-server: $schema=../../docs/schemas/ruleset.schema.json"
    assert not (tmp_path / "rules" / ".schemas").exists()


def test_the_next_edition_continues_every_criterion_and_passes(duibiao, tmp_path) -> None:
    done = duibiao("rules", "new", "km-2027", "--from", "kunming-model-community", "--dir", "own")
    assert (done.code, done.err) == (0, "")
    folder = tmp_path / "own" / "km-2027"
    old, new = load_ruleset("kunming-model-community").ruleset, load_ruleset(str(folder)).ruleset
    assert (new.ruleset, new.supersedes, new.version) == ("km-2027", "kunming-model-community", "1.0.0")
    assert [(one.supersedes, one.id) for one in new.by_id().values()] == [
        (name, name.replace("km-", "km-2027-", 1)) for name in old.by_id()
    ]
    assert duibiao("rules", "check", folder).out == "km-2027：62 项指标，没有问题\n"
    cases = load_cases(folder).cases
    assert {one.criterion for one in cases if one.criterion} == set(new.by_id())


def test_comments_and_layout_of_the_edition_before_stay() -> None:
    folder = RULES / "sichuan-community-2022"
    names = {name: f"new-{name}" for name in load_ruleset(str(folder)).ruleset.by_id()}
    for name, text in next_edition(folder, "new", names, "../../docs/schemas").items():
        old = (folder / name).read_text(encoding="utf-8").splitlines()
        kept = [
            line
            for line in text.replace("new-scom-", "scom-").splitlines()
            if not re.fullmatch(r" +supersedes: scom-.*", line)
        ]
        changed = {(before, after) for before, after in zip(old, kept, strict=True) if before != after}
        assert {after.split(":")[0] for _, after in changed} <= {"ruleset", "version", "supersedes"}


def test_criteria_in_one_line_and_prerequisites_are_renamed_too(tmp_path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    head = (
        "ruleset: a\nversion: '2.1.0' # old\nsections:\n"
        "  - {id: s, criteria: [{id: s-1}, {id: s-2, requires: [s-1], supersedes: z}]}\n"
    )
    (folder / "ruleset.yaml").write_text(head, encoding="utf-8")
    (folder / "clauses.yaml").write_text("clauses: []\n", encoding="utf-8")
    cases = (
        "cases:\n"
        "  - {criterion: s-1, given: {ratings: {s-2: 1}}, expect: {vetoes: [s-1], outcomes: {s-2: satisfied}}}\n"
        "unnoticed: [{criterion: s-2}]\n"
    )
    (folder / "cases.yaml").write_text(cases, encoding="utf-8")
    made = next_edition(folder, "b", {"s-1": "t-1", "s-2": "t-2"}, "..")
    assert made["ruleset.yaml"].partition("\n")[2] == (
        'ruleset: b\nversion: "1.0.0"\nsupersedes: a # old\nsections:\n'
        "  - {id: s, criteria: [{id: t-1, supersedes: s-1}, {id: t-2, requires: [t-1], supersedes: s-2}]}\n"
    )
    assert made["cases.yaml"].partition("\n")[2] == cases.replace("s-1", "t-1").replace("s-2", "t-2")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["昆明"], "昆明: [bad_id] 不能用作标识。只用小写字母、数字、- 和 _"),
        (["../x"], "[bad_id]"),
        (["a" * 57], "[bad_id]"),
        (["catalogue"], "[repeated_ruleset]"),
        (["wuhu-pilot-2013"], "[repeated_ruleset] 这个标识已有规则集或目录在用。标准的新版用新标识"),
        (["there"], "there: [exists] 已经有了，不覆盖。换一个标识或文件夹"),
        (["x", "--from", "nix"], "[unknown_ruleset] 没有规则集 nix"),
        (["x", "--from", "wuhu-pilot-2013@9.9.9"], "[other_version]"),
        (["x", "--from", "wuhu-pilot-2013", "--model", "flat"], "--from 照抄上一版"),
        (
            ["x", "--from", "wuhu-pilot-2013", "--prefix", "wh"],
            "[repeated_id] 指标的新标识有 56 个已在 wuhu-pilot-2013 中",
        ),
        (["x", "--prefix", "wh"], "--prefix 只与 --from 合用"),
        (["x", "--since", "2026"], "写成 2025-10-15 的样子"),
        (["x", "--title", "两行\n名称"], "写一行不超过 200 字的名称"),
        (["x", "--title", os.fsdecode(b"\xff")], "写一行不超过 200 字的名称"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(duibiao, tmp_path, arguments, said) -> None:
    (tmp_path / "there").mkdir()
    done = duibiao("rules", "new", *arguments)
    assert done.code == 2
    assert said in done.err
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_a_refusal_in_english_has_no_chinese(duibiao, tmp_path) -> None:
    done = duibiao("rules", "new", "Ab", "--lang", "en")
    assert done.err.startswith("Ab: [bad_id] cannot be an identifier. use lower-case letters")


def test_a_folder_that_is_a_link_to_itself_is_refused(duibiao, tmp_path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    done = duibiao("rules", "new", "x", "--dir", "loop")
    assert (done.code, done.err) == (2, "读写失败 loop：链接指回自己\n")

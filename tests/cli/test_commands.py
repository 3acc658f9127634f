"""``inspect``, ``doctor``, ``completion`` and ``rules …``: what they say, and their exit status."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import cli

RULESETS = ["kunming-model-community", "sichuan-city-2022", "sichuan-community-2022", "wuhu-pilot-2013"]
ROOT = Path(__file__).resolve().parents[2]


# inspect


def test_inspect_says_what_a_good_file_holds(duibiao, middling, tmp_path) -> None:
    done = duibiao("inspect", middling)
    zh = "翠湖岸社区（2025-01-01 至 2025-12-31）：数据 13 项，活动 40 项，文件 30 项，事项 10 项；没有问题\n"
    assert done == (0, zh, "")
    done = duibiao("inspect", middling, "--lang", "en")
    en = "翠湖岸社区 (2025-01-01 to 2025-12-31): 13 counts, 40 events, 30 documents, 10 statements; no problems\n"
    assert done == (0, en, "")
    assert list(tmp_path.iterdir()) == []


def test_inspect_lists_every_problem_in_file_order(duibiao, middling, edit, tmp_path) -> None:
    bad = edit(middling, "model_buildings: 1", "model_buildings: 41", tmp_path / "bad.yaml")
    edit(bad, "id: E02", "id: E01")
    edit(bad, "type: mobilisation_meeting", "type: mobilization_meeting")
    done = duibiao("inspect", "bad.yaml")
    assert (done.code, done.out) == (1, "")
    starts = [
        "bad.yaml:14:3: [part_over_whole] ",
        "bad.yaml:26:6: [repeated_id] 编号 E01 重复。",
        "bad.yaml:27:15: [unknown_item] ",
        "共 3 处问题",
    ]
    for line, start in zip(done.err.splitlines(), starts, strict=True):
        assert line.startswith(start)
    done = duibiao("inspect", "bad.yaml", locale="en_US.UTF-8")
    assert "did you mean mobilisation_meeting?" in done.err
    assert done.err.endswith("\n3 problems\n")


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_inspect_of_a_file_that_is_not_there_is_misuse(duibiao, tmp_path, locale) -> None:
    done = duibiao("inspect", "nix.yaml", locale=locale)
    words = "找不到文件\n共 1 处问题" if locale.startswith("zh") else "there is no such file\n1 problem"
    assert done == (2, "", f"nix.yaml: [no_file] {words}\n")


def test_inspect_of_a_file_whose_include_is_not_there_is_a_fault(duibiao, middling, edit, tmp_path) -> None:
    edit(middling, "submission: 1", "submission: 1\nincludes: [street.yaml]", tmp_path / "ours.yaml")
    done = duibiao("inspect", "ours.yaml")
    assert (done.code, done.out) == (1, "")
    assert "street.yaml: [no_file] 找不到文件" in done.err


# doctor


@pytest.mark.parametrize(("locale", "mark"), [("zh_CN.UTF-8", "[正常]"), ("en_US.UTF-8", "[ok]")])
def test_doctor_finds_nothing_missing_here(duibiao, locale, mark) -> None:
    done = duibiao("doctor", locale=locale)
    assert (done.code, done.err) == (0, "")
    assert {line.split()[0] for line in done.out.splitlines()} == {mark}
    assert len(done.out.splitlines()) == 6


@pytest.mark.parametrize(
    ("module", "code", "zh", "en"),
    [
        ("pylopdf_fonts_zh_cn", "raise ImportError", "[缺少] 中文字体", "pip install pylopdf-fonts-zh-cn"),
        (
            "weasyprint",
            "raise OSError('cannot load library')",
            "[缺少] PDF 排版库",
            "apt-get install libpango",
        ),
    ],
)
def test_doctor_says_what_is_missing_and_a_pdf_is_refused(
    duibiao, middling, tmp_path, module, code, zh, en
) -> None:
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    (stubs / f"{module}.py").write_text(code)
    done = duibiao("doctor", PYTHONPATH=str(stubs))
    assert (done.code, done.err) == (1, "")
    assert zh in done.out
    assert en in duibiao("doctor", locale="en_US.UTF-8", PYTHONPATH=str(stubs)).out
    done = duibiao(
        "score", middling, "--rules", "kunming-model-community", "--out", "out", PYTHONPATH=str(stubs)
    )
    assert (done.code, done.out) == (2, "")
    assert "_missing] " in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stubs"]


def test_doctor_is_content_without_what_is_optional(duibiao) -> None:
    done = duibiao("doctor", PATH="/nix")
    assert (done.code, done.err) == (0, "")
    assert "[可选] poppler-utils" in done.out
    assert "apt-get install poppler-utils" in done.out


@pytest.mark.parametrize(
    ("module", "zh", "en"),
    [
        (
            "pyarrow",
            "pyarrow（批量评分的 Parquet 表）\n    运行 pip install pyarrow\n",
            "run pip install pyarrow\n",
        ),
        (
            "distributed",
            "Dask distributed（batch --dask 用多台主机）\n",
            "run pip install 'duibiao[cluster]'\n",
        ),
    ],
)
def test_doctor_says_how_to_get_a_part_that_only_some_commands_need(
    duibiao, tmp_path, module, zh, en
) -> None:
    (tmp_path / f"{module}.py").write_text("raise ImportError")
    done = duibiao("doctor", PYTHONPATH=str(tmp_path))
    assert (done.code, done.err) == (0, "")
    assert f"[可选] {zh}" in done.out
    assert en in duibiao("doctor", locale="en_US.UTF-8", PYTHONPATH=str(tmp_path)).out


# completion


def test_the_bash_script_is_valid_and_completes(duibiao, env, tmp_path) -> None:
    script = duibiao("completion", "bash")
    assert (script.code, script.err) == (0, "")
    (tmp_path / "completion.bash").write_text(script.out)
    subprocess.run(["bash", "-n", "completion.bash"], check=True, cwd=tmp_path)
    typed = "COMP_WORDS=(duibiao rules show sich); COMP_CWORD=3"
    line = f'source ./completion.bash; {typed}; _duibiao_completion duibiao; echo "${{COMPREPLY[*]}}"'
    done = subprocess.run(
        ["bash", "-c", line], check=True, capture_output=True, text=True, cwd=tmp_path, env=env()
    )
    assert (done.stdout, done.stderr) == ("sichuan-city-2022 sichuan-community-2022\n", "")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_scripts_are_printed(duibiao, shell, tmp_path) -> None:
    done = duibiao("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert f"_DUIBIAO_COMPLETE={shell}_complete" in done.out
    if shutil.which(shell):
        (tmp_path / "script").write_text(done.out)
        subprocess.run([shell, "-n", "script"], check=True, cwd=tmp_path)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("duibiao score a.yaml --rules ", RULESETS),
        ("duibiao rules check w", ["wuhu-pilot-2013"]),
        ("duibiao rules test k", ["kunming-model-community"]),
        ("duibiao rules show nix", []),
        ("duibiao rules ", sorted(cli.main.commands["rules"].commands)),
        ("duibiao ", sorted(cli.main.commands)),
        ("duibiao review ", ["read", "reconcile", "record", "start"]),
        ("duibiao score a.yaml --stage ", ["self_check", "preliminary", "inspection", "final"]),
        ("duibiao completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_completion_offers(duibiao, words, wanted) -> None:
    position = str(len(words.split(" ")) - 1)
    done = duibiao(_DUIBIAO_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position)
    assert done.err == ""
    assert [line.partition(",")[2] for line in done.out.split()] == wanted


# rules


@pytest.mark.parametrize(("locale", "unit"), [("zh_CN.UTF-8", "项指标"), ("en_US.UTF-8", "criteria")])
def test_rules_list(duibiao, locale, unit) -> None:
    done = duibiao("rules", "list", locale=locale)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split("@")[0] for line in lines] == RULESETS
    assert all(line.endswith(f" {unit}") for line in lines)


@pytest.mark.parametrize("name", RULESETS)
def test_rules_show_prints_every_criterion(duibiao, name) -> None:
    text = (ROOT / "rules" / name / "ruleset.yaml").read_text(encoding="utf-8")
    done = duibiao("rules", "show", name)
    assert (done.code, done.err) == (0, "")
    listed = next(line for line in duibiao("rules", "list").out.splitlines() if line.startswith(f"{name}@"))
    shown = [line for line in done.out.splitlines() if line.startswith("- ")]
    assert f" {len(shown)} 项指标" in listed
    assert all(f"id: {line.split()[1]}" in text for line in shown)
    assert done.out.splitlines()[0] == listed.rsplit("  ", 1)[0]


def test_rules_show_speaks_english(duibiao) -> None:
    done = duibiao("rules", "show", "kunming-model-community", "--lang", "en")
    assert "km-2-6  六(二)  Share of model buildings  [must, " in done.out
    assert "at least 5%" in done.out


@pytest.mark.parametrize("command", ["check", "test"])
@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_all_rules_are_good(duibiao, command, locale) -> None:
    done = duibiao("rules", command, locale=locale)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    zh = locale.startswith("zh")
    if command == "check":
        assert all(line.endswith("没有问题" if zh else "no problems") for line in lines)
        assert [line.replace("：", ":").split(":")[0] for line in lines] == RULESETS
    else:
        assert len(lines) == 1
        assert lines[0].endswith("个用例，0 个不符" if zh else "cases, 0 differ")


def test_rules_check_lists_the_faults_of_a_folder(duibiao, own_rules, edit) -> None:
    edit(own_rules / "ruleset.yaml", 'at_least: "5%"', 'at_leest: "5%"')
    edit(own_rules / "cases.yaml", "criterion: km-2-6", "criterion: km-2-66")
    line = next(
        n
        for n, one in enumerate((own_rules / "ruleset.yaml").read_text("utf-8").splitlines(), 1)
        if "at_leest" in one
    )
    done = duibiao("rules", "check", own_rules)
    assert (done.code, done.out) == (1, "")
    assert f"{own_rules}/ruleset.yaml:{line}:" in done.err
    assert "未知的键 km-2-6.check.at_leest。是否想写 at_least\n" in done.err
    assert "指标 km-2-66 不存在。是否想写 km-2-6\n" in done.err
    for command in ("test", "show"):
        done = duibiao("rules", command, own_rules)
        assert (done.code, done.out) == (2, "")
        assert "at_leest" in done.err


def test_rules_check_finds_criteria_that_two_rulesets_share(duibiao, own_rules) -> None:
    assert duibiao("rules", "check", own_rules).code == 0
    done = duibiao("rules", "check", "kunming-model-community", own_rules)
    assert (done.code, done.out) == (1, "")
    assert "[repeated_id] 指标 km-2-6 也在 kunming-model-community 中" in done.err


def test_a_failing_case_shows_what_was_wanted_and_what_came_out(duibiao, own_rules, edit) -> None:
    edit(own_rules / "cases.yaml", "outcome: satisfied", "outcome: not_satisfied")
    done = duibiao("rules", "test", own_rules)
    assert (done.code, done.err) == (1, "")
    failed, total = done.out.splitlines()
    assert failed.endswith("：判定应为 未达标（not_satisfied），实为 达标（satisfied）")
    assert total.endswith(" 个用例，1 个不符")
    done = duibiao("rules", "test", own_rules, "wuhu-pilot-2013", locale="en_US.UTF-8")
    assert done.code == 1
    assert "outcome should be not met (not_satisfied), is met (satisfied)\n" in done.out
    assert done.out.endswith(" cases, 1 differ\n")


@pytest.mark.parametrize("command", ["check", "test", "show"])
def test_the_version_asked_for_must_be_the_one_here(duibiao, command) -> None:
    assert duibiao("rules", command, "kunming-model-community@1.0.0").code == 0
    done = duibiao("rules", command, "kunming-model-community@1.0.1")
    assert (done.code, done.out) == (2, "")
    assert "[other_version] 要的是 kunming-model-community@1.0.1，这里的版本是 1.0.0" in done.err


@pytest.mark.parametrize("command", ["check", "test"])
def test_every_ruleset_that_is_not_there_is_listed(duibiao, tmp_path, command) -> None:
    done = duibiao("rules", command, "wuhu-pilot", "kunming-model-community", tmp_path, "nix")
    assert (done.code, done.out) == (2, "")
    for words in (
        "wuhu-pilot: [unknown_ruleset] 没有规则集 wuhu-pilot。是否想写 wuhu-pilot-2013",
        f"{tmp_path}: [unknown_ruleset] 文件夹里没有 ruleset.yaml",
        f"nix: [unknown_ruleset] 没有规则集 nix。可用的有：{'、'.join(RULESETS)}",
        "共 3 处问题",
    ):
        assert words in done.err

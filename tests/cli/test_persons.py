"""What a user sees who wrote something about a person: where and what, never the thing itself; and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Run

MIDDLING = EXAMPLES / "kunming-model-community" / "middling.yaml"
REFUSED = {
    "15412345678": ("这里有电话号码，本系统不收集任何个人的信息。删去这个号码", "leave the number out"),
    "110101209003070018": ("这里有身份证号", "a resident-identity number stands here"),
    "0874-23456789": (
        "单位公布的服务电话只填在服务热线事项的说明里",
        "goes into the note of the hotline's statement only",
    ),
    "lisi@example.com": ("这里有电子邮箱地址", "an e-mail address stands here"),
    "张三、李四、王五": ("参加情况只填应到、实到人数", "state how many were expected and present"),
    "微信号：zhang_san88": ("这里有微信号或QQ号", "a WeChat or QQ account stands here"),
}


@pytest.mark.parametrize("value", REFUSED)
def test_what_concerns_a_person_is_refused_with_its_kind_and_the_mend(
    value: str, duibiao: Run, tmp_path
) -> None:
    with_remark(tmp_path, value)
    for language, said in zip(("zh", "en"), REFUSED[value], strict=True):
        done = duibiao("inspect", "ours.yaml", "--lang", language)
        assert done.code == 1
        assert said in done.err
        assert value.removeprefix("微信号：") not in done.out + done.err


@pytest.mark.parametrize("option", [[], ["--lenient"]])
def test_nothing_is_written_of_a_submission_with_anything_about_a_person(
    option, duibiao: Run, tmp_path
) -> None:
    with_remark(tmp_path, "15412345678")
    done = duibiao("score", "ours.yaml", "--rules", "kunming-model-community", "--out", "cards", *option)
    assert (done.code, done.out) == (2, "")
    assert "这里有电话号码" in done.err
    assert "15412345678" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["ours.yaml"]


def with_remark(folder: Path, value: str) -> None:
    text = MIDDLING.read_text(encoding="utf-8") + f"# 备注：{value}\n"
    (folder / "ours.yaml").write_text(text, encoding="utf-8")


def test_the_name_of_a_file_is_not_repeated_either(duibiao: Run, tmp_path) -> None:
    for command in (["inspect"], ["score", "--rules", "kunming-model-community"]):
        done = duibiao(*command, "15412345678.yaml")
        assert done.code == 2
        assert "….yaml: [no_file] 找不到文件" in done.err
        assert "15412345678" not in done.out + done.err
    (tmp_path / "15412345678.yaml").write_bytes(MIDDLING.read_bytes())
    done = duibiao("inspect", "15412345678.yaml")
    assert done.code == 1
    assert "….yaml: [number_of_a_person] 这里有电话号码" in done.err
    assert "15412345678" not in done.out + done.err

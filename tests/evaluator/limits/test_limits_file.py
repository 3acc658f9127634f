"""A file of limits is read strictly: every fault at its line, and nothing half in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.errors import InputError
from evaluator.limits import DEFAULTS, MEGABYTE
from evaluator.loading.limits_file import stated_limits


@pytest.fixture
def stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that this machine's limits are read from."""
    path = tmp_path / "limits.yaml"
    monkeypatch.setenv("DUIBIAO_LIMITS", str(path))
    return path


def refusal(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        stated_limits()
    return [one.in_language("zh").removeprefix(str(path)) for one in caught.value.problems]


def test_limits_are_raised_and_lowered_and_the_others_stay(stated) -> None:
    text = "limits: 1\nlargest_submission: 16 MB\nmost_items: 1,000\nphoto_pixels: 200 mp\npackage_files: 7\n"
    stated.write_text(text, encoding="utf-8")
    found = stated_limits()
    assert found.limits == DEFAULTS._replace(
        largest_submission=16 * MEGABYTE, most_items=1000, photo_pixels=200_000_000, package_files=7
    )
    assert {key: place.line for key, place in found.places.items()} == {
        "largest_submission": 2,
        "most_items": 3,
        "photo_pixels": 4,
        "package_files": 5,
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("largest_submision: 9 MB", ":2:1: [extra_forbidden] 没有叫 largest_submision 的限度。是否想写 largest_submission"),
        ("largest_submission: 9000", ":2:1: [value] largest_submission 的值 9000 看不懂。写成 64 MB 的样子（B、KB、MB、GB）"),
        ("largest_submission: 9 MP", ":2:1: [value] largest_submission 的值 9 MP 看不懂。写成 64 MB 的样子（B、KB、MB、GB）"),
        ("largest_submission: true", ":2:1: [value] largest_submission 的值 True 看不懂。写成 64 MB 的样子（B、KB、MB、GB）"),
        ("largest_submission: -1 MB", ":2:1: [value] largest_submission 的值 -1 MB 看不懂。写成 64 MB 的样子（B、KB、MB、GB）"),
        ("photo_pixels: 200", ":2:1: [value] photo_pixels 的值 200 看不懂。写成 120 MP 的样子（百万像素）"),
        ("most_items: [1]", ":2:1: [value] most_items 的值 [1] 看不懂。写整数，如 5000"),
        ("most_items: 1.5", ":2:1: [value] most_items 的值 1.5 看不懂。写整数，如 5000"),
        ("most_items: 5 MB", ":2:1: [value] most_items 的值 5 MB 看不懂。写整数，如 5000"),
        ("most_items: 0", ":2:1: [value] most_items 只能在 1 到 2,000,000 之间。再小就什么也读不了"),
        ("package_file: 2 GB", ":2:1: [value] package_file 只能在 1 KB 到 1 GB 之间。再大，内存或程序的栈会不够"),
    ],
)  # fmt: skip
def test_a_line_that_states_no_limit_is_refused(stated, line: str, said: str) -> None:
    assert refusal(stated, f"limits: 1\n{line}\n") == [said]


def test_all_faults_are_told_at_once(stated) -> None:
    found = refusal(stated, "limits: 1\na: 1\nmost_items: x\nmost_items: 3\n")
    assert found == [":4:1: [duplicate_key] 键 most_items 重复。只保留一处"]
    assert len(refusal(stated, "limits: 1\na: 1\nmost_items: x\npackage_ratio: 0\n")) == 3


@pytest.mark.parametrize("text", ["", "most_items: 3\n", "limits: 2\n", "- limits: 1\n", "limits\n"])
def test_a_file_that_does_not_begin_as_one_is_refused(stated, text: str) -> None:
    (found,) = refusal(stated, text)
    assert "[format] 不是限度文件：缺少 limits: 1。第一行写 limits: 1；见 duibiao limits --example" in found


def test_a_named_file_that_is_not_there_is_refused(stated) -> None:
    with pytest.raises(InputError, match=r"\[no_file\]"):
        stated_limits()


def test_without_a_name_the_user_s_file_holds(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("DUIBIAO_LIMITS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "duibiao").mkdir()
    (tmp_path / "duibiao" / "limits.yaml").write_text("limits: 1\npackage_files: 9\n", encoding="utf-8")
    assert stated_limits().limits == DEFAULTS._replace(package_files=9)

"""``duibiao limits``: what is in force, from where, and that a refusal names the limit that a file can raise."""

from __future__ import annotations

import json

import pytest

KUNMING = ("--rules", "kunming-model-community")


def test_every_limit_is_printed_with_its_default_and_how_far_it_may_be_raised(duibiao) -> None:
    done = duibiao("limits", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    heads, *rows = done.out.splitlines()
    assert heads.split()[0] == "limit"
    row = next(row for row in rows if row.startswith("largest_submission"))
    assert row.split()[1:7] == ["8", "MB", "8", "MB", "64", "MB"]


def test_the_table_as_json_says_what_each_bounds(duibiao) -> None:
    done = duibiao("limits", "--format", "json")
    values = {one["key"]: one for one in json.loads(done.out)["values"]}
    assert values["most_items"]["default"] == values["most_items"]["value"] == 200_000
    assert values["most_items"]["from"] is None


def test_a_limit_that_was_lowered_refuses_and_names_itself(duibiao, middling, tmp_path) -> None:
    (tmp_path / "limits.yaml").write_text("limits: 1\nlargest_submission: 2 KB\n", encoding="utf-8")
    done = duibiao("inspect", middling, "--lang", "en", DUIBIAO_LIMITS="limits.yaml")
    assert done.code in (1, 2)
    assert "the file is larger than 2 KB" in done.out + done.err
    assert "raise largest_submission in limits.yaml (now 2 KB)" in done.out + done.err
    told = duibiao("limits", "--lang", "en", DUIBIAO_LIMITS="limits.yaml").out
    assert "line 2" in next(row for row in told.splitlines() if row.startswith("largest_submission"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limits: 1\nlargest_submision: 2 KB\n", "limits.yaml:2"),
        ("limits: 1\nlargest_submission: 2 TB\n", "limits.yaml:2"),
        ("limits: 1\nlargest_submission: much\n", "limits.yaml:2"),
        ("limits: 2\n", "limits.yaml:1"),
    ],
    ids=["unknown key", "beyond the most", "no size", "unknown format"],
)
def test_a_faulty_file_of_limits_is_refused_at_its_line(duibiao, tmp_path, text, said) -> None:
    (tmp_path / "limits.yaml").write_text(text, encoding="utf-8")
    done = duibiao("limits", "--lang", "en", DUIBIAO_LIMITS="limits.yaml")
    assert (done.code, done.out) == (2, "")
    assert said in done.err

"""``duibiao score``: what it writes, prints and refuses. JSON wherever the format does not matter: a PDF costs seconds."""

from __future__ import annotations

import json
import os
import shutil
import stat

import pytest

KUNMING = ("--rules", "kunming-model-community")
JSON = ("--format", "json")
NAME = "cuihu-an.kunming-model-community"


def left(folder) -> list[str]:
    """Every name below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_pdf_and_json_are_the_default(duibiao, middling, tmp_path) -> None:
    done = duibiao("score", middling, *KUNMING)
    assert (done.code, done.err) == (0, "")
    result, *files = done.out.splitlines()
    assert result.startswith("翠湖岸社区 · 昆明市民族团结进步示范社区创建评估：已确认 ")
    assert files == left(tmp_path) == [f"{NAME}.json", f"{NAME}.pdf"]
    assert (tmp_path / f"{NAME}.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("formats", ["html,json", "json，html", "json, html", "html,json,html"])
def test_html_and_json_on_demand(duibiao, middling, tmp_path, formats) -> None:
    done = duibiao("score", middling, *KUNMING, "--format", formats, "--out", "卡/a b", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    result, *files = done.out.splitlines()
    assert result.startswith("翠湖岸社区 · Kunming model communities")
    assert " confirmed, " in result
    assert files == [f"卡/a b/{NAME}.html", f"卡/a b/{NAME}.json"]
    assert left(tmp_path) == ["卡", "卡/a b", *files]
    assert 'lang="en"' in (tmp_path / files[0]).read_text(encoding="utf-8")[:300]
    assert json.loads((tmp_path / files[1]).read_bytes())["assessment"] == 1


def test_stdout_carries_the_assessment_alone_and_equal_to_the_file(duibiao, middling, tmp_path) -> None:
    printed = duibiao("score", middling, *KUNMING, *JSON, "--out", "-")
    duibiao("score", middling, *KUNMING, *JSON)
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.encode() == (tmp_path / f"{NAME}.json").read_bytes()
    assert json.loads(printed.out)["submission"]["subject"]["name"] == "翠湖岸社区"
    assert left(tmp_path) == [f"{NAME}.json"]


def test_the_assessment_is_utf_8_whatever_the_terminal_is(duibiao, middling) -> None:
    done = duibiao("score", middling, *KUNMING, *JSON, "--out", "-", PYTHONIOENCODING="gbk")
    assert json.loads(done.out)["submission"]["subject"]["name"] == "翠湖岸社区"


def test_the_day_and_the_stage_are_those_that_were_asked_for(duibiao, middling) -> None:
    def assessed(*more: str) -> dict:
        return json.loads(duibiao("score", middling, *KUNMING, *JSON, "--out", "-", *more).out)

    plain, early, late = assessed(), assessed("--as-of", "2025-06-30"), assessed("--stage", "inspection")
    assert [one["as_of"] for one in (plain, early, late)] == ["2025-10-15", "2025-06-30", "2025-10-15"]
    assert [one["stage"] for one in (plain, early, late)] == ["self_check", "self_check", "inspection"]
    decided = [float(one["score"]["decided"]) for one in (plain, early, late)]
    assert decided[0] < decided[2], "an inspection closes what was not submitted"
    assert float(early["score"]["floor"]) < float(plain["score"]["floor"]), "what is later does not count yet"


def test_a_summary_leaves_the_list_of_all_criteria_out(duibiao, middling, tmp_path) -> None:
    for folder, more in (("whole", ()), ("short", ("--summary",))):
        assert duibiao("score", middling, *KUNMING, "--format", "html", "--out", folder, *more).code == 0
    whole, short = ((tmp_path / one / f"{NAME}.html").read_text("utf-8") for one in ("whole", "short"))
    assert "六、" in whole
    assert "六、" not in short
    assert "五、行动计划" in short


@pytest.mark.parametrize(("name", "code"), [("middling", 1), ("excellent", 0)])
def test_require_accepted_is_the_exit_status(duibiao, request, tmp_path, name, code) -> None:
    done = duibiao("score", request.getfixturevalue(name), *KUNMING, *JSON, "--require-accepted")
    assert (done.code, done.err) == (code, "")
    assert len(left(tmp_path)) == 1, "the files are written all the same"
    verdict = "达标" if code == 0 else "待定"
    assert done.out.splitlines()[0].endswith(f"，{verdict}")


def test_one_that_is_not_accepted_is_enough(duibiao, middling, excellent, tmp_path) -> None:
    done = duibiao("score", excellent, middling, *KUNMING, *JSON, "--require-accepted")
    assert (done.code, len(left(tmp_path))) == (1, 2)


def test_several_submissions_under_several_rulesets(duibiao, middling, excellent, tmp_path) -> None:
    more = ("--rules", "sichuan-community-2022@1.0.0")
    done = duibiao("score", middling, excellent, *KUNMING, *more, *JSON, "--out", "out")
    assert (done.code, done.err) == (0, "")
    names = [
        f"out/{subject}.{ruleset}.json"
        for subject in ("cuihu-an", "shiliu-yuan")
        for ruleset in ("kunming-model-community", "sichuan-community-2022")
    ]
    assert done.out.splitlines()[4:] == names
    assert left(tmp_path) == ["out", *names]
    rulesets = {json.loads((tmp_path / one).read_bytes())["ruleset"]["id"] for one in names}
    assert rulesets == {"kunming-model-community", "sichuan-community-2022"}


@pytest.mark.parametrize(
    "given", ["kunming-model-community", "kunming-model-community@1.0.0", "own/kunming-model-community"]
)
def test_a_ruleset_by_id_version_or_folder(duibiao, middling, own_rules, given) -> None:
    done = duibiao("score", middling, "--rules", given, *JSON, "--out", "-")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["ruleset"]["id"] == "kunming-model-community"


def test_the_same_ruleset_twice_is_once(duibiao, middling, tmp_path) -> None:
    done = duibiao("score", middling, *KUNMING, "--rules", "kunming-model-community@1.0.0", *JSON)
    assert (done.code, len(done.out.splitlines())) == (0, 2)
    assert left(tmp_path) == [f"{NAME}.json"]


def test_two_rulesets_of_one_id_are_refused(duibiao, middling, own_rules) -> None:
    done = duibiao("score", middling, *KUNMING, "--rules", own_rules, *JSON)
    assert (done.code, done.out) == (2, "")
    assert "[repeated_ruleset]" in done.err


def test_every_problem_of_every_file_is_listed_and_nothing_written(duibiao, middling, edit, tmp_path) -> None:
    edit(middling, "  buildings: 40", "  buildings: 40个", tmp_path / "count.yaml")
    edit(middling, 'date: "2025-06-12"', "date: 2025/6/12", tmp_path / "date.yaml")
    edit(middling, "  buildings: 40", "  buildings：40", tmp_path / "colon.yaml")
    made = left(tmp_path)
    files = ("count.yaml", "date.yaml", "colon.yaml", "nix.yaml", middling, middling)
    for rules, more in (
        (KUNMING, 0),
        (("--rules", "nix", *KUNMING), 1),
        (("--rules", "sichuan-city-2022"), 2),
    ):
        done = duibiao("score", *files, *rules, "--out", "out/deep")
        assert (done.code, done.out) == (2, "")
        lines = done.err.splitlines()
        for start in (
            "count.yaml:13:3: [bad_number] counts.buildings：“40个”",
            "date.yaml:25:54: [bad_date] events.E01.date：“2025/6/12”",
            "colon.yaml:13:12: [syntax] ",
            "nix.yaml: [no_file] 找不到文件",
        ):
            assert any(line.startswith(start) for line in lines), start
        repeated = f"{middling}: [repeated_subject] 单位标识 cuihu-an 与 {middling} 的相同"
        assert any(line.startswith(repeated) for line in lines)
        assert ("nix: [unknown_ruleset]" in done.err) is (more == 1)
        assert ("[other_subject]" in done.err) is (more == 2)
        number = 5 + (more > 0)
        assert (len(lines), lines[-1]) == (number + 1, f"共 {number} 处问题")
        assert left(tmp_path) == made


def test_submissions_are_read_even_where_no_ruleset_is(duibiao) -> None:
    done = duibiao("score", "nix.yaml", "--rules", "nix", locale="en_US.UTF-8")
    assert done.code == 2
    assert "nix: [unknown_ruleset] there is no ruleset nix. known: kunming-model-community, " in done.err
    assert "nix.yaml: [no_file] there is no such file" in done.err
    assert done.err.endswith("\n2 problems\n")


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("kunming-model-comunity", "没有规则集 kunming-model-comunity。是否想写 kunming-model-community"),
        (
            "kunming-model-community@9.9.9",
            "这里的版本是 1.0.0。写成 kunming-model-community@1.0.0，或不写版本",
        ),
        (".", "文件夹里没有 ruleset.yaml"),
        ("", "没有规则集"),
        ("sichuan-city-2022", "评估的是市、区县、功能区，这份申报的单位类别是社区"),
    ],
)
def test_a_ruleset_that_does_not_fit_is_refused(duibiao, middling, tmp_path, rules, words) -> None:
    done = duibiao("score", middling, "--rules", rules, *JSON)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert left(tmp_path) == []


def test_two_submissions_of_one_subject_are_refused(duibiao, middling, edit, tmp_path) -> None:
    edit(middling, "buildings: 40", "buildings: 41", tmp_path / "second.yaml")
    done = duibiao("score", middling, "second.yaml", *KUNMING, *JSON)
    assert (done.code, done.out) == (2, "")
    assert f"second.yaml: [repeated_subject] 单位标识 cuihu-an 与 {middling} 的相同" in done.err
    assert left(tmp_path) == ["second.yaml"]


@pytest.mark.parametrize(
    ("out", "zh", "en"),
    [
        ("file", "读写失败 file：同名文件已存在", "cannot read or write file: File exists"),
        ("file/below", "：上级不是文件夹", "Not a directory"),
        ("/proc/nix", "读写失败 /proc/nix：", "cannot read or write /proc/nix: "),
        ("x" * 300, "：名字太长", "File name too long"),
    ],
)
def test_an_output_folder_that_cannot_be_is_refused(duibiao, middling, tmp_path, out, zh, en) -> None:
    (tmp_path / "file").write_text("mine")
    for locale, words in (("zh_CN.UTF-8", zh), ("en_US.UTF-8", en)):
        done = duibiao("score", middling, *KUNMING, *JSON, "--out", out, locale=locale)
        assert (done.code, done.out) == (2, "")
        assert words in done.err
    assert (left(tmp_path), (tmp_path / "file").read_text()) == (["file"], "mine")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_without_permission_is_refused(duibiao, middling, tmp_path) -> None:
    (tmp_path / "closed").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    done = duibiao("score", middling, *KUNMING, *JSON, "--out", "closed")
    assert (done.code, done.out) == (2, "")
    assert "没有权限" in done.err
    assert left(tmp_path) == ["closed"]


def test_where_one_file_cannot_take_its_name_none_is_written(duibiao, middling, excellent, tmp_path) -> None:
    (tmp_path / "shiliu-yuan.kunming-model-community.json").mkdir()
    (tmp_path / f"{NAME}.json").write_text("old")
    done = duibiao("score", middling, excellent, *KUNMING, *JSON)
    assert (done.code, done.out) == (2, "")
    assert "读写失败 shiliu-yuan.kunming-model-community.json：这是文件夹" in done.err
    assert left(tmp_path) == [f"{NAME}.json", "shiliu-yuan.kunming-model-community.json"]
    assert (tmp_path / f"{NAME}.json").read_text() == "old"


@pytest.mark.parametrize("existing", [False, True])
def test_a_scorecard_that_cannot_be_set_leaves_nothing_behind(
    duibiao, middling, edit, tmp_path, existing
) -> None:
    edit(
        middling, 'name: "翠湖岸社区"', 'name: "翠湖岸ཨ社区"', tmp_path / "rare.yaml"
    )  # no font has this letter
    if existing:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / f"{NAME}.json").write_text("old")
    before = left(tmp_path)
    done = duibiao("score", "rare.yaml", *KUNMING, "--format", "json,pdf", "--out", "out")
    assert (done.code, done.out) == (2, "")
    assert "[glyph_missing]" in done.err
    assert left(tmp_path) == before
    if existing:
        assert (tmp_path / "out" / f"{NAME}.json").read_text() == "old"


def test_files_are_replaced_by_newer_ones(duibiao, middling, tmp_path) -> None:
    (tmp_path / f"{NAME}.json").write_text("old")
    assert duibiao("score", middling, *KUNMING, *JSON).code == 0
    assert json.loads((tmp_path / f"{NAME}.json").read_bytes())["assessment"] == 1


@pytest.mark.parametrize("name", ["a b.yaml", "中文 名.YAML", "new\nline.yml", "--lang.yaml", "a:1:2.yaml"])
def test_a_name_may_be_anything(duibiao, middling, tmp_path, name) -> None:
    shutil.copy(middling, tmp_path / name)
    done = duibiao("score", *KUNMING, *JSON, "--out", f"{name} cards", "--", name)
    assert (done.code, done.err) == (0, "")
    shown = name.replace("\n", "\\n")
    assert done.out.splitlines()[1:] == [f"{shown} cards/{NAME}.json"]
    assert (tmp_path / f"{name} cards" / f"{NAME}.json").is_file()


def test_lenient_scores_the_rest_and_names_what_was_set_aside(duibiao, middling, tmp_path) -> None:
    bad = tmp_path / "bad.yaml"
    text = middling.read_text(encoding="utf-8").replace("  buildings: 40\n", "  buildings: 四十\n")
    bad.write_text(text, encoding="utf-8")
    assert duibiao("score", bad, *KUNMING, *JSON, "--out", "-").code == 2
    done = duibiao("score", bad, *KUNMING, *JSON, "--out", "-", "--lenient")
    document = json.loads(done.out)
    assert done.code == 0
    assert [one["code"] for one in document["integrity"]] == ["set_aside"]
    assert "bad.yaml:13:3" in document["integrity"][0]["message"]["zh"]
    ratio = next(one for one in document["criteria"] if one["id"] == "km-2-6")
    assert ratio["outcome"] == "no_evidence"


def test_an_amended_result_names_the_one_that_it_supersedes(duibiao, middling, excellent, tmp_path) -> None:
    assert duibiao("score", middling, *KUNMING, *JSON, "--stage", "inspection", "--out", "old").code == 0
    old = tmp_path / "old" / f"{NAME}.json"
    more = ("--stage", "inspection", "--as-of", "2025-12-31", "--supersedes", old, "--out", "new")
    done = duibiao("score", excellent, middling, *KUNMING, *JSON, *more)
    assert (done.code, done.err) == (0, "")
    new, other = (json.loads(path.read_bytes()) for path in sorted((tmp_path / "new").iterdir()))
    assert new["supersedes"] == json.loads(old.read_bytes())["digest"]
    assert "supersedes" not in other
    again = duibiao("score", middling, *KUNMING, *JSON, *more[:-2], "--out", "-")
    assert json.loads(again.out) == new


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--stage", "final"), "nothing_superseded"),
        (("--stage", "inspection", "--supersedes", "none.json"), "no_file"),
        (("--stage", "inspection", "--out", "old"), "overwrites_superseded"),
        (("--stage", "inspection", "--supersedes", "copy.json"), "bad_supersedes"),
    ],
)
def test_what_cannot_be_superseded_is_refused_and_stays(duibiao, middling, tmp_path, more, code) -> None:
    duibiao("score", middling, *KUNMING, *JSON, "--stage", "inspection", "--out", "old")
    old = tmp_path / "old" / f"{NAME}.json"
    shutil.copy(old, tmp_path / "copy.json")
    before = old.read_bytes()
    done = duibiao("score", middling, *KUNMING, *JSON, "--supersedes", old, *more)
    assert (done.code, done.out) == (2, "")
    assert f"[{code}]" in done.err
    assert old.read_bytes() == before
    assert not (tmp_path / f"{NAME}.json").exists()


def test_a_review_sets_the_stage_and_is_told(duibiao, middling, tmp_path) -> None:
    (tmp_path / "r.yaml").write_text(
        "review: 1\nsubmission: {id: cuihu-an}\nruleset: {id: kunming-model-community, version: 1.0.0}\n"
        'stage: preliminary\nreviewer: {role: expert, unit: 省社会科学院, number: "7"}\n',
        encoding="utf-8",
    )
    found = json.loads(duibiao("score", middling, *KUNMING, *JSON, "--out", "-", "--review", "r.yaml").out)
    assert (found["stage"], found["reviews"][0]["reviewer"]["number"]) == ("preliminary", "7")


def test_a_rectification_list_that_came_back_is_reported_on_the_scorecard(
    duibiao, middling, tmp_path
) -> None:
    duibiao("plan", middling, *KUNMING, "--format", "xlsx")
    path = f"{NAME}.plan.xlsx"
    done = duibiao("score", middling, *KUNMING, "--format", "html", "--rectification", path)
    assert (done.code, done.err) == (0, "")
    page = (tmp_path / f"{NAME}.html").read_text("utf-8")
    assert "整改清单办理情况" in page
    assert "2025年10月15日的整改清单共 28 项：未完成 28 项。" in page


def test_a_ruleset_that_is_not_to_be_had_is_the_only_fault_of_a_sound_submission(
    duibiao, edit, tmp_path
) -> None:
    assert duibiao("rules", "new", "demo", "--dir", tmp_path).code == 0
    (tmp_path / "ours.yaml").write_text(
        "submission: 1\nsubject: {id: a-1, name: 示例, kind: community}\n"
        "period: {from: '2026-01-01', to: '2026-12-31'}\ncounts: {example_windows: 3}\n",
        encoding="utf-8",
    )
    done = duibiao("score", "ours.yaml", "--rules", "dema", *JSON)
    assert done.code == 2
    assert [line for line in done.err.splitlines() if "unknown_item" in line] == [], (
        "the item is declared by the ruleset"
    )
    assert duibiao("score", "ours.yaml", "--rules", "demo", *JSON).code == 0


def test_another_algorithm_of_digests_is_refused(duibiao, middling) -> None:
    done = duibiao("score", middling, *KUNMING, "--digest", "md5")
    assert (done.code, done.out) == (2, "")
    assert "sha256" in done.err
    assert "sm3" in done.err


@pytest.mark.parametrize(
    ("kind", "claims"), [("a", [b"pdfaid:part"]), ("ua", [b"pdfaid:part", b"pdfuaid:part"])]
)
def test_a_pdf_says_which_kind_it_is(duibiao, middling, tmp_path, kind, claims) -> None:
    options = ("--format", "pdf", "--summary", "--pdf", kind)
    assert duibiao("score", middling, *KUNMING, *options).code == 0
    content = (tmp_path / f"{NAME}.pdf").read_bytes()
    assert [one for one in (b"pdfaid:part", b"pdfuaid:part") if one in content] == claims


def test_what_is_not_printed_is_not_signed(duibiao, middling, tmp_path) -> None:
    done = duibiao("score", middling, *KUNMING, *JSON, "--sign", "seal.yaml")
    assert (done.code, left(tmp_path)) == (2, [])
    assert "--sign 要配 --format pdf" in done.err


def test_for_other_programs_it_writes_oscal_and_junit(duibiao, tmp_path, middling) -> None:
    done = duibiao("score", middling, *KUNMING, "--format", "oscal,junit", "--out", "out")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1:] == [
        "out/cuihu-an.kunming-model-community.junit.xml",
        "out/cuihu-an.kunming-model-community.oscal.json",
    ]
    document = json.loads((tmp_path / done.out.splitlines()[2]).read_bytes())
    assert document["assessment-results"]["metadata"]["title"] == (
        "昆明市民族团结进步示范社区创建评估 · 翠湖岸社区"
    )
    assert "<testsuites " in (tmp_path / done.out.splitlines()[1]).read_text(encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert duibiao("score", middling, *KUNMING, "--format", "oscal,junit", "--out", "again").code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == before
    english = duibiao("score", middling, *KUNMING, "--format", "junit", "--lang", "en", "--out", "en")
    assert english.code == 0
    (path,) = (tmp_path / "en").iterdir()
    assert "Undecided (no evidence)" in path.read_text(encoding="utf-8")

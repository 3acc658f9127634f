"""What inspectors see and write: the list, one criterion beside its evidence, entries that nobody overwrites."""

from __future__ import annotations

from tests.workbench.inspection_support import Reviewing, attached, log, picture, submitted
from tests.workbench.province import Province


def test_a_street_reviewer_sees_only_its_communities(server: Province) -> None:
    """The list holds what lies below the street; another's submission is not there at all."""
    own, other = submitted(server, "cuihu-an"), submitted(server, "longquan-lu")
    reviewer = Reviewing(server, "street-review")
    page = reviewer.get("/inspection").text
    assert f'href="/inspection/{own}"' in page
    assert f'href="/inspection/{other}"' not in page
    assert reviewer.get(f"/inspection/{own}").status_code == 200
    assert reviewer.get(f"/inspection/{other}").status_code == 404
    assert Reviewing(server, "inspector").get(f"/inspection/{other}").status_code == 200


def test_the_list_shows_the_figures_of_the_self_check_and_filters_by_region(either: Province) -> None:
    """The four figures stand in the row; a region shows what lies below it."""
    own, other = submitted(either, "cuihu-an"), submitted(either, "longquan-lu")
    inspector = Reviewing(either, "inspector")
    page = inspector.get("/inspection").text
    assert "72.31" in page
    assert "96.37" in page
    assert page.index(f'href="/inspection/{own}"') < page.index(f'href="/inspection/{other}"')
    page = inspector.get("/inspection?region=wuhua&state=all").text
    assert f'href="/inspection/{other}"' in page
    assert f'href="/inspection/{own}"' not in page


def test_a_street_reviewer_opens_no_inspection(server: Province) -> None:
    """Each level opens its own stage only, and none while another is open."""
    number = submitted(server)
    assert Reviewing(server, "street-review").open(number, "inspection").status_code == 409
    assert Reviewing(server, "street-review").open(number, "preliminary").status_code == 303
    assert Reviewing(server, "inspector").open(number, "inspection").status_code == 409


def test_a_review_before_the_period_is_refused(server: Province) -> None:
    """Who, how and when are checked before the stage begins, and nothing is begun."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    answer = inspector.open(number, staff_number="王小明")
    assert answer.status_code == 422
    assert "王小明" not in answer.text
    assert "工号" in answer.text
    assert inspector.open(number, day="2026-03-09").status_code == 422
    assert "待复核" in inspector.get(f"/inspection/{number}").text


def test_a_criterion_stands_beside_its_evidence(server: Province) -> None:
    """Requirement, verdicts and evidence with its picture are on one page."""
    number = submitted(server)
    file = attached(server, number, "e01.jpg", picture())
    page = Reviewing(server, "inspector").get(f"/inspection/{number}/criteria/km-0-1").text
    assert f'<img src="/inspection/{number}/evidence/{file}"' in page
    assert "2025年6月示范社区创建意义宣传活动" in page
    assert 'data-key="next"' in page


def test_a_decision_without_a_reason_is_refused_at_its_field(server: Province) -> None:
    """The field says so, what was chosen is still there, and nothing is kept."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    answer = inspector.say(number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason=" ")
    assert answer.status_code == 422
    assert 'id="decisions-km-3-2-reason-wrong"' in answer.text
    assert '<option value="not_satisfied" selected>' in answer.text
    assert "✓ 已写" not in inspector.get(f"/inspection/{number}").text


def test_points_that_contradict_the_outcome_are_refused_at_their_field(server: Province) -> None:
    """The engine's own check speaks beside the field that it is about."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    answer = inspector.say(
        number, "km-3-2", "decisions", "km-3-2", outcome="partly_satisfied", earned="99", reason="没有公示"
    )
    assert answer.status_code == 422
    assert 'id="decisions-km-3-2-earned-wrong"' in answer.text


def test_a_telephone_number_in_a_reason_is_refused_and_not_repeated(server: Province) -> None:
    """Neither the page nor the database nor the log holds it."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    answer = inspector.say(
        number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason="联系 13812345678"
    )
    assert answer.status_code == 422
    assert "13812345678" not in answer.text
    assert not any("13812345678" in str(one) for one in log(server))
    answer = inspector.say(
        number,
        "km-3-2",
        "decisions",
        "km-3-2",
        outcome="partly_satisfied",
        earned="13812345678",
        reason="没有公示",
    )
    assert answer.status_code == 422
    assert "13812345678" not in answer.text
    answer = inspector.post(f"/inspection/{number}/return", reason="请打 13812345678")
    assert answer.status_code == 422
    assert "13812345678" not in answer.text


def test_a_corrected_count_is_judged_again(server: Province) -> None:
    """The machine judges on what was verified; the claim stands beside it."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    page = inspector.get(f"/inspection/{number}/criteria/km-2-6").text
    assert "corrections-count-model-buildings" in page
    answer = inspector.say(
        number, "km-2-6", "corrections", "count:model_buildings", verified="2", reason="三号楼组已挂牌"
    )
    assert answer.status_code == 303, answer.text
    page = inspector.get(f"/inspection/{number}/criteria/km-2-6").text
    assert "三号楼组已挂牌" in page
    assert "达标" in page
    assert "model_buildings" not in inspector.get(f"/inspection/{number}/differences").text
    assert "三号楼组已挂牌" in inspector.get(f"/inspection/{number}/differences").text


def test_what_nobody_can_say_is_not_taken(server: Province) -> None:
    """An entry about something that the page does not ask about is no entry."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    answer = inspector.say(number, "km-2-6", "corrections", "count:no_such", verified="2", reason="见现场")
    assert answer.status_code == 404


def test_two_inspectors_do_not_overwrite_each_other(either: Province) -> None:
    """The second sees the first's entry with who wrote it, beside her own, and has to say which stands."""
    number = submitted(either)
    first, second = Reviewing(either, "inspector"), Reviewing(either, "inspector2")
    first.open(number)
    second.post(f"/inspection/{number}/join", staff_number="B-2")
    first.say(number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason="没有公示")
    answer = second.say(number, "km-3-2", "decisions", "km-3-2", outcome="satisfied", reason="门口已公示")
    assert answer.status_code == 409
    assert "没有公示" in answer.text
    assert "inspector" in answer.text
    assert "门口已公示" in answer.text
    assert "没有公示" in first.get(f"/inspection/{number}/criteria/km-3-2").text
    assert "门口已公示" not in first.get(f"/inspection/{number}/criteria/km-3-2").text
    again = second.say(
        number, "km-3-2", "decisions", "km-3-2", seen=1, outcome="satisfied", reason="门口已公示"
    )
    assert again.status_code == 303
    assert "门口已公示" in first.get(f"/inspection/{number}/criteria/km-3-2").text


def test_an_entry_can_be_taken_back(server: Province) -> None:
    """What was taken back counts no more; its version goes on."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    inspector.say(number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason="没有公示")
    assert inspector.say(number, "km-3-2", "decisions", "km-3-2", seen=1, take_back="true").status_code == 303
    page = inspector.get(f"/inspection/{number}/criteria/km-3-2").text
    assert "没有公示" not in page
    assert [one["action"] for one in log(server)][-1] == "review.take_back"


def test_evidence_is_served_with_safe_types_to_those_within_reach(server: Province) -> None:
    """A picture is shown, framed by our pages alone; anything else is given to be saved; others get nothing."""
    number = submitted(server)
    file = attached(server, number, "e01.jpg", picture())
    answer = Reviewing(server, "street-review").get(f"/inspection/{number}/evidence/{file}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert Reviewing(server, "community").get(f"/inspection/{number}/evidence/{file}").status_code == 403
    other = submitted(server, "longquan-lu")
    assert Reviewing(server, "street-review").get(f"/inspection/{other}/evidence/{file}").status_code == 404


def test_a_submission_is_given_back_with_a_reason(server: Province) -> None:
    """The unit finds the next revision with why; what was submitted is kept as it was."""
    number = submitted(server)
    reviewer = Reviewing(server, "street-review")
    assert reviewer.post(f"/inspection/{number}/return", reason="").status_code == 422
    assert reviewer.post(f"/inspection/{number}/return", reason="第三项缺附件").status_code == 303
    assert "已退回" in reviewer.get(f"/inspection/{number}").text
    page = Reviewing(server, "community").get("/submissions").text
    assert f"/submissions/{number + 1}" in page
    assert "第三项缺附件" in Reviewing(server, "community").get(f"/submissions/{number + 1}").text
    assert [one["action"] for one in log(server) if one["object"] == f"submission:{number}"][
        -1
    ] == "submission.return"


def test_a_sample_is_drawn_alike_from_the_same_seed(server: Province) -> None:
    """The plan names whom to visit, and the draw stands in the audit log."""
    submitted(server, "cuihu-an")
    submitted(server, "longquan-lu")
    inspector = Reviewing(server, "inspector")
    page = inspector.get("/inspection/sampling").text
    standard = page.split('<option value="kunming')[1].split('"')[0]
    asked = {"standard": f"kunming{standard}", "seed": "2026-01-15", "communities": 1, "criteria": 3}
    first, second = (inspector.post("/inspection/sampling", **asked) for _ in range(2))
    assert first.status_code == 200
    assert first.text == second.text
    assert [one["action"] for one in log(server)][-1] == "sample.draw"
    assert inspector.post("/inspection/sampling", **asked | {"seed": "13812345678"}).status_code == 422


def test_pages_read_in_english_too(server: Province) -> None:
    """Every page is there in English."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    inspector = Reviewing(server, "inspector", "en")
    for path in (
        "",
        f"/{number}",
        f"/{number}/criteria/km-4-6",
        f"/{number}/sign",
        f"/{number}/differences",
        "/sampling",
    ):
        answer = inspector.get(f"/inspection{path}")
        assert answer.status_code == 200, path
        assert '<html lang="en">' in answer.text

"""The back matter: rules, submission, assessment, reviews and the files that came, each with its digest."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from scorecards import labels
from scorecards.digests import algorithm_name
from scorecards.oscal.writing import Node, Uuids, markup, plain, props
from scorecards.wording import Json, Wording

_MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ofd": "application/ofd",
}


class Resources:
    """The resources, and the UUID of each by what it is of."""

    def __init__(self, assessment: Json, uuids: Uuids, say: Wording) -> None:
        self._assessment, self._uuids, self._say = assessment, uuids, say
        self.ruleset = uuids("resource", "ruleset")
        self.submission = uuids("resource", "submission")
        self.files = {
            file["name"]: uuids("resource", "file", file["name"])
            for file in assessment["submission"].get("files") or ()
        }
        self._of: dict[str, list[str]] = {}
        for file in assessment["submission"].get("files") or ():
            for name in file["evidence"]:
                self._of.setdefault(name, []).append(self.files[file["name"]])

    def proving(self, evidence: str) -> list[str]:
        """The UUIDs of the files that belong to an item of evidence."""
        return self._of.get(evidence, [])

    def back_matter(self) -> Node:
        """Every resource."""
        return {"resources": [*self._documents(), *self._reviews(), *self._files()]}

    def _documents(self) -> Iterator[Node]:
        say, ruleset, sent = self._say, self._assessment["ruleset"], self._assessment["submission"]
        named = f"{ruleset['id']}@{ruleset['version']}"
        yield {
            "uuid": self.ruleset,
            "title": markup(say.line(ruleset["title"]).text),
            "description": markup(
                say(
                    "评估所依据的规则集，代替评估计划：要评什么、怎样评都在其中。",
                    "The ruleset that was applied, in place of an assessment plan: what is assessed, and how, is in it.",
                )
            ),
            "props": props(
                ("ruleset-id", ruleset["id"]),
                ("ruleset-version", ruleset["version"]),
                ("digest", ruleset["digest"]),
                ("standard", ruleset["standard"]["title"]),
            ),
            "document-ids": [{"identifier": named}],
        }
        yield {
            "uuid": self.submission,
            "title": markup(say("申报", "Submission")),
            "props": props(("digest", sent["digest"]), ("package-digest", sent.get("package"))),
        }
        yield {
            "uuid": self._uuids("resource", "assessment"),
            "title": markup(say("评估结果（对标格式）", "Assessment in Duibiao's own format")),
            "description": markup(
                say(
                    "本文件由它导出；判定、分数的依据以它为准。",
                    "This document was made from it; for verdicts and scores it is what counts.",
                )
            ),
            "props": props(
                ("digest", self._assessment["digest"]), ("supersedes", self._assessment.get("supersedes"))
            ),
        }

    def _reviews(self) -> Iterator[Node]:
        for n, review in enumerate(self._assessment["reviews"]):
            stage = self._say.pick(labels.STAGES[review["stage"]])
            yield {
                "uuid": self._uuids("resource", "review", n),
                "title": markup(self._say(f"复核（{stage}）", f"Review: {stage.lower()}")),
                "props": props(("stage", review["stage"]), ("digest", review["digest"])),
            }

    def _files(self) -> Iterator[Node]:
        for file in self._assessment["submission"].get("files") or ():
            link = {
                "href": quote(file["name"].encode("utf-8", "replace")),
                "hashes": [
                    {"algorithm": algorithm_name(file["digest"]), "value": file["digest"].rpartition(":")[2]}
                ],
            }
            if file["type"] in _MEDIA:
                link["media-type"] = _MEDIA[file["type"]]
            yield {
                "uuid": self.files[file["name"]],
                "title": markup(file["name"]),
                "props": props(
                    ("type", plain(file["type"])),
                    ("size", file["size"]),
                    *(("evidence", name) for name in file["evidence"]),
                ),
                "rlinks": [link],
            }

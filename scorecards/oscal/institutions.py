"""The institutions of an assessment: who was assessed, who issued the standard, whose reviewers reviewed. Never a person."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.oscal.writing import Node, institution_uuid, markup, plain, props
from scorecards.wording import Json, Wording

ASSESSED, ISSUER = "assessed-unit", "standard-issuer"


class Institutions:
    """Roles and parties, and the party of a unit by its name."""

    def __init__(self, assessment: Json, say: Wording) -> None:
        self._assessment, self._say = assessment, say
        self.subject = institution_uuid("subject", assessment["submission"]["subject"]["id"])
        self._units: dict[str, set[str]] = {}
        for review in assessment["reviews"]:
            for one in (review["reviewer"], *review["also"]):
                self._units.setdefault(one["unit"], set()).add(one["role"])

    def of_unit(self, unit: str) -> str:
        """The UUID of a reviewing unit."""
        return institution_uuid("unit", unit)

    def metadata(self) -> Node:
        """``roles``, ``parties`` and ``responsible-parties``."""
        say, issuer = self._say, self._assessment["ruleset"]["standard"]["issuer"]
        roles = [{"id": ASSESSED, "title": say("申报单位", "Assessed unit")}]
        holders: dict[str, list[str]] = {ASSESSED: [self.subject]}
        if issuer:
            roles.append({"id": ISSUER, "title": say("标准发布单位", "Issuer of the standard")})
            holders[ISSUER] = [institution_uuid("unit", issuer)]
        for unit, own in self._units.items():
            for role in sorted(own):
                if role not in holders:
                    roles.append({"id": role, "title": say.pick(labels.ROLES[role])})
                holders.setdefault(role, []).append(self.of_unit(unit))
        return {
            "roles": roles,
            "parties": list(self._parties(issuer)),
            "responsible-parties": [
                {"role-id": role, "party-uuids": parties} for role, parties in holders.items()
            ],
        }

    def _parties(self, issuer: str | None) -> Iterator[Node]:
        subject = self._assessment["submission"]["subject"]
        region = "/".join(subject["region"]) or None
        yield {
            "uuid": self.subject,
            "type": "organization",
            "name": plain(subject["name"]),
            "props": props(("subject-id", subject["id"]), ("kind", subject["kind"]), ("region", region)),
        }
        for unit in dict.fromkeys([*([issuer] if issuer else []), *self._units]):
            yield {"uuid": self.of_unit(unit), "type": "organization", "name": plain(unit)}

    def subject_reference(self) -> Node:
        """The assessed unit as the subject of an observation."""
        name = markup(self._assessment["submission"]["subject"]["name"])
        return {"subject-uuid": self.subject, "type": "party", "title": name}

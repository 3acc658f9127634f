"""The kinds of what concerns a person: how each is named, refused and mended. The value is never part of a message."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.errors import Words

NUMBER_OF_A_PERSON = "number_of_a_person"
ADDRESS_OF_A_PERSON = "address_of_a_person"
NAMES_OF_PERSONS = "names_of_persons"
# No fault with one of these codes is ever set aside: it refuses the whole file.
PERSON_CODES = frozenset({NUMBER_OF_A_PERSON, ADDRESS_OF_A_PERSON, NAMES_OF_PERSONS})


class Kind(NamedTuple):
    """One kind: the code of its refusal, its name, and the mend."""

    code: str
    name: Words
    mend: Words

    @property
    def refusal(self) -> Words:
        """What a message says of it."""
        return Words(
            f"这里有{self.name.zh}，本系统不收集任何个人的信息",
            f"{self.name.en} stands here: nothing about a person is collected",
        )


class Found(NamedTuple):
    """A kind, and from where to where in a text it stands."""

    kind: Kind
    start: int
    end: int


_LEAVE_NUMBER_OUT = Words("删去这个号码", "leave the number out")
_LEAVE_NAMES_OUT = Words(
    "删去姓名；参加情况只填应到、实到人数", "leave the names out: state how many were expected and present"
)

IDENTITY = Kind(NUMBER_OF_A_PERSON, Words("身份证号", "a resident-identity number"), _LEAVE_NUMBER_OUT)
TELEPHONE = Kind(NUMBER_OF_A_PERSON, Words("电话号码", "a telephone number"), _LEAVE_NUMBER_OUT)
LANDLINE = Kind(
    NUMBER_OF_A_PERSON,
    Words("固定电话或服务电话号码", "a fixed or service telephone number"),
    Words(
        "删去；单位公布的服务电话只填在服务热线事项的说明里",
        "leave it out: a published service number goes into the note of the hotline's statement only",
    ),
)
CARD = Kind(NUMBER_OF_A_PERSON, Words("银行卡号", "a bank-card number"), _LEAVE_NUMBER_OUT)
TRAVEL = Kind(NUMBER_OF_A_PERSON, Words("护照或通行证号码", "a passport or permit number"), _LEAVE_NUMBER_OUT)
EMAIL = Kind(
    ADDRESS_OF_A_PERSON,
    Words("电子邮箱地址", "an e-mail address"),
    Words("删去这个地址", "leave the address out"),
)
ACCOUNT = Kind(
    ADDRESS_OF_A_PERSON,
    Words("微信号或QQ号", "a WeChat or QQ account"),
    Words("删去这个账号", "leave the account out"),
)
NAMES = Kind(NAMES_OF_PERSONS, Words("人员名单", "a list of names of persons"), _LEAVE_NAMES_OUT)
NAME = Kind(NAMES_OF_PERSONS, Words("人员姓名", "the name of a person"), _LEAVE_NAMES_OUT)

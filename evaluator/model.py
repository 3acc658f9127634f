"""The typed base of every file format: strict, frozen, unknown keys refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic import GetJsonSchemaHandler as JsonHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from evaluator.algorithms import DIGEST
from evaluator.characters import disguise_in, said_of
from evaluator.errors import Words
from evaluator.exact import PATTERN, Exact, parse_exact, parse_number
from evaluator.persons import echo

T = TypeVar("T")

IDENTIFIER = r"[a-z0-9][a-z0-9_-]{0,63}"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_TEXT = 2000


def refusal(code: str, zh: str, en: str, **mend: str) -> PydanticCustomError:
    """A validation error worded in both languages; ``mend_zh`` and ``mend_en`` say what to do."""
    context = {"zh": zh, "en": en, **mend}
    escaped = {key: value.replace("{", "(").replace("}", ")") for key, value in context.items()}
    return PydanticCustomError(code, "{zh}", escaped)


class Model(BaseModel):
    """Base of every typed file."""

    # Schemas are built when first used: a command pays only for the files that it reads.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Use(NamedTuple):
    """One reference from a check to a catalogue item, and where in the check it stands."""

    kind: Literal["counts", "events", "documents", "statements", "units", "previous"]
    id: str
    path: tuple[str | int, ...]


def clean_text(value: Any) -> Any:
    """A text in NFC without blanks around it; raises where nothing is left, or where it deceives the eye."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    text = unicodedata.normalize("NFC", str(value)).strip()
    if not text:
        raise refusal(
            "empty_text",
            "文字为空",
            "the text is empty",
            mend_zh="填写内容，或删去这一项",
            mend_en="write it or leave the key out",
        )
    if len(text) > LONGEST_TEXT:
        raise refusal(
            "long_text",
            f"文字超过 {LONGEST_TEXT} 字",
            f"the text is longer than {LONGEST_TEXT} characters",
            mend_zh="写短",
            mend_en="write it shorter",
        )
    found = disguise_in(text)
    if found is not None:
        what, mend = said_of(found)
        raise refusal("hidden_character", what.zh, what.en, mend_zh=mend.zh, mend_en=mend.en)
    return text


def read_date(value: Any) -> Any:
    """An ISO date as a ``date``; raises where ``value`` is none."""
    if type(value) is date:
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if value is None:
        raise refusal("bad_date", "没有填日期", "no date is written", **_AS_A_DATE)
    shown = echo(value)
    mend = _mended_date(unicodedata.normalize("NFKC", shown).strip(" '\"“”‘’"))
    raise refusal("bad_date", f"“{shown}”不是日期", f"{shown!r} is no date", **mend)


def in_the_calendar(day: date) -> date:
    """``day``, from which others are reckoned, before and after it; raises where the calendar could end on the way."""
    if day.year in _YEARS:
        return day
    first, last = _YEARS[0], _YEARS[-1]
    raise refusal(
        "bad_date",
        f"年份 {day.year:04} 不在 {first} 到 {last} 之间",
        f"the year {day.year:04} is not between {first} and {last}",
        mend_zh="核对年份",
        mend_en="check the year",
    )


_YEARS = range(1900, 3000)
_AS_A_DATE = {"mend_zh": '写成 "2025-03-12" 的样子', "mend_en": 'write it as "2025-03-12"'}
_LOOSE_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


def _mended_date(text: str) -> dict[str, str]:
    found = _LOOSE_DATE.fullmatch(text)
    if found is None:
        return _AS_A_DATE
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        meant = date(year, month, day).isoformat()
    except ValueError:
        return {"mend_zh": "没有这一天，请核对月和日", "mend_en": "there is no such day"}
    return {"mend_zh": f'写成 "{meant}"', "mend_en": f'write it as "{meant}"'}


def _read_number(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    number = parse_number(value) if isinstance(value, str) else None
    if value is None:
        raise refusal(
            "bad_number",
            "没有填数",
            "no number is written",
            mend_zh="没有就填 0，不清楚就删去这一行",
            mend_en="write 0 where there is none; leave the line out where it is not known",
        )
    if number is None:
        shown = echo(value)
        meant = _MARKED_NUMBER.fullmatch(re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", shown)))
        if meant is not None:
            mend = {"mend_zh": f"只写数：{meant[1]}", "mend_en": f"write the number alone: {meant[1]}"}
        else:
            mend = {
                "mend_zh": "填不小于 0 的数，如 40 或 40.5，不带单位",
                "mend_en": "write a number not below 0, such as 40 or 40.5, without a unit",
            }
        raise refusal("bad_number", f"“{shown}”不是可以采用的数", f"{shown!r} is no usable number", **mend)
    return number


# A number with a unit behind it.
_MARKED_NUMBER = re.compile(r"(\d{1,15}(?:\.\d+)?)[^\d.%‰-]{0,4}")


# A number with a full-width percent sign or a unit behind it.
_MARKED_EXACT = re.compile(r"(\d{1,15}(?:\.\d{1,12})?%?)[分个次份户项名人元]?")


class _ExactSchema:
    """Reads ``5%``, ``"0.5"`` or a whole count as an ``Exact``."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: JsonHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "pattern": f"^{PATTERN}%?$"}, {"type": "integer", "minimum": 0}]}

    @staticmethod
    def read(value: Any) -> Exact:
        if isinstance(value, Exact):
            return value
        number = None
        if isinstance(value, str | int) and not isinstance(value, bool):
            number = parse_exact(str(value))
        if number is None:
            shown = echo(value)
            plain = unicodedata.normalize("NFKC", shown).replace(" ", "").strip("“”‘’\"'")
            if _MARKED_EXACT.fullmatch(plain.removeprefix("-")) and plain.startswith("-"):
                raise refusal(
                    "bad_exact",
                    f"“{shown}”不是精确数：没有负数",
                    f"{shown!r} is no exact number: none is negative",
                    mend_zh="去掉负号；扣多少就写多少",
                    mend_en="leave the minus out; a loss is written as what it takes",
                )
            meant = _MARKED_EXACT.fullmatch(plain)
            if meant is not None:
                raise refusal(
                    "bad_exact",
                    f"“{shown}”不是精确数",
                    f"{shown!r} is no exact number",
                    mend_zh=f'写成 "{meant[1]}"',
                    mend_en=f'write it as "{meant[1]}"',
                )
            raise refusal(
                "bad_exact",
                f"“{shown}”不是精确数",
                f"{shown!r} is no exact number",
                mend_zh='写成 "5%"、"2" 或 "0.5"',
                mend_en='write it as "5%", "2" or "0.5"',
            )
        return number


class _DatedSchema(_ExactSchema):
    """Reads one exact number, or a mapping of dates to exact numbers."""

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: JsonHandler) -> JsonSchemaValue:
        exact = _ExactSchema.__get_pydantic_json_schema__(_schema, _handler)
        dated = {
            "type": "object",
            "propertyNames": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "additionalProperties": exact,
            "minProperties": 1,
        }
        return {"anyOf": [*exact["anyOf"], dated]}

    @staticmethod
    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return _ExactSchema.read(value)
        if not value:
            raise refusal("no_threshold", "分日期的阈值一个也没有", "a dated threshold without a value")
        return dict(
            sorted(
                (in_the_calendar(read_date(day)), _ExactSchema.read(number)) for day, number in value.items()
            )
        )


class _LoseSchema(_ExactSchema):
    """Reads an exact number of points, or ``all``."""

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: JsonHandler) -> JsonSchemaValue:
        exact = _ExactSchema.__get_pydantic_json_schema__(_schema, _handler)
        return {"anyOf": [*exact["anyOf"], {"const": "all"}]}

    @staticmethod
    def read(value: Any) -> Any:
        return value if value == "all" else _ExactSchema.read(value)


ExactNumber = Annotated[Exact, _ExactSchema]
Identifier = Annotated[str, Field(pattern=f"^{IDENTIFIER}$")]
Digest = Annotated[str, Field(pattern=DIGEST)]
Line = Annotated[str, BeforeValidator(clean_text, json_schema_input_type=str | int)]
IsoDate = Annotated[
    date,
    BeforeValidator(read_date, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]),
]
# A day on which a period, or what is in force, begins or ends: other days are reckoned from it.
PeriodDate = Annotated[IsoDate, AfterValidator(in_the_calendar)]
Quantity = Annotated[
    Any,
    BeforeValidator(
        _read_number,
        json_schema_input_type=Annotated[int, Field(ge=0)] | Annotated[str, Field(pattern=f"^{PATTERN}$")],
    ),
]
Tuple = Annotated[tuple[T, ...], Field(strict=False)]
DatedExact = Annotated[Exact | dict[date, Exact], _DatedSchema]
Lose = Annotated[Exact | Literal["all"], _LoseSchema]
Basis = Literal["source", "editorial"]
SubjectKind = Literal["community", "street", "district", "zone", "city"]
SUBJECTS = {
    "community": Words("社区", "community"),
    "street": Words("街道", "street"),
    "district": Words("区县", "district"),
    "zone": Words("功能区", "zone"),
    "city": Words("市", "city"),
}
DutyHolder = Literal["community", "street", "district", "city", "province"]


def at_date(threshold: Exact | dict[date, Exact], day: date) -> Exact:
    """The value of a threshold on ``day``: the latest dated one not after it (the earliest before all of them)."""
    if isinstance(threshold, Exact):
        return threshold
    past = [start for start in threshold if start <= day]
    return threshold[max(past) if past else min(threshold)]


class Text(Model):
    """A text; Chinese is required everywhere."""

    zh: Line
    en: Line | None = None


class Title(Model):
    """A title, in both languages."""

    zh: Line
    en: Line

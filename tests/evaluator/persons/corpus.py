"""The corpus on which the guard is measured: texts that hold something about a person, and innocent ones.

Nobody's data: identity numbers are of people born in 2090 to 2099 or in 1900 to 1905, mobile numbers have prefixes that no
operator has (154, 163, 169) or are the public sample 13800138000, fixed lines have a figure too many or too few for their
area, cards a prefix that no bank uses as far as is known (6299 99), mail goes to example domains, names are put together at
random. Seeded: the same at every run.
"""

from __future__ import annotations

import hashlib
import random
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.reading import read_yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SEED = 20251


class Example(NamedTuple):
    """A text that has to be refused: as what (a name of ``evaluator.persons``), and the text."""

    kind: str
    text: str


def written(name: str) -> Iterator[str]:
    """The lines of a file of texts, without its remarks."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def odd_shapes() -> list[Example]:
    """The positives written by hand."""
    examples = []
    for line in written("positives.txt"):
        kind, text = line.split(" ", 1)
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
        examples.append(Example(kind, text.replace("\\n", "\n").replace("\\t", "\t")))
    return examples


# --- Numbers ----------------------------------------------------------------------------------------------------

REGIONS = (
    "110101 120102 130102 320102 330106 340207 370102 420106 440103 510104 510107 510182 530102 530112 532901 610113"
).split()
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
RINGED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
BLANKS = (" ", "-", ".", "·", "　", "\u00a0", "－", "—", "_", "\n", "\u200b", "  ")
CONTEXTS = (
    "{}",
    "编号{}",
    "{}（已核）",
    "见{}",
    "张贴：{}。",
    "a{}b",
    "活动{}社区",
    "“{}”",
    "{}.jpg",
    "E01_{}_01.jpg",
)


def identity_18(dice: random.Random) -> str:
    """A resident-identity number that was never issued."""
    year = dice.choice([*range(2090, 2100), *range(1900, 1906)])
    body = f"{dice.choice(REGIONS)}{year}{dice.randint(1, 12):02}{dice.randint(1, 28):02}{dice.randint(1, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]


def identity_15(dice: random.Random) -> str:
    """An identity number in the old form, of a region that no card has (a whole city)."""
    day = f"{dice.randint(30, 99)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    return f"{dice.choice(REGIONS)[:4]}00{day}{dice.randint(1, 999):03}"


def mobile(dice: random.Random) -> str:
    """A mobile number with a prefix that no operator has."""
    return dice.choice(("154", "163", "169")) + "".join(dice.choices("0123456789", k=8))


def card(dice: random.Random) -> str:
    """A card's number, Luhn's checksum and all, of a prefix that no bank has."""
    body = "629999" + "".join(dice.choices("0123456789", k=dice.choice((9, 10, 11, 12))))
    doubled = [int(d) * 2 - 9 * (int(d) > 4) if n % 2 == 0 else int(d) for n, d in enumerate(reversed(body))]
    return body + str(-sum(doubled) % 10)


def landline(dice: random.Random) -> str:
    """A fixed line: eight figures where the area has seven, or seven where it has eight."""
    area, length = dice.choice((("0874", 8), ("0873", 8), ("0553", 8), ("0831", 8), ("010", 7), ("028", 7)))
    number = dice.choice("23456789"[:-1]) + "".join(dice.choices("3456789", k=length - 1))
    mark = dice.choice(("-", " ", "－", "—", "()", "（）", ""))
    half = number[:-4] + dice.choice(("", "", " ", "-")) + number[-4:]
    if len(mark) == 2:
        return f"{mark[0]}{area}{mark[1]}{half}"
    return f"{area}{mark}{half if mark else number}"


def in_groups(dice: random.Random, number: str, groups: tuple[tuple[int, ...], ...]) -> str:
    """``number`` written in one of ``groups``, with one mark between them."""
    mark, start, parts = dice.choice(BLANKS), 0, []
    for length in dice.choice(groups):
        parts.append(number[start : start + length])
        start += length
    return mark.join([*parts, number[start:]]).strip(mark)


def in_script(dice: random.Random, number: str) -> str:
    """``number`` in some digits; mostly as it is."""
    scripts: tuple[Any, ...] = ({}, {}, {}, FULL_WIDTH, ARABIC, RINGED, CHINESE, SPOKEN)
    return number.translate(dice.choice(scripts))


def numbers(dice: random.Random) -> Iterator[Example]:
    """Generated numbers in odd shapes."""
    for _ in range(220):
        number = in_script(
            dice,
            in_groups(dice, identity_18(dice), ((18,), (6, 8, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (3,) * 6)),
        )
        yield Example("identity", dice.choice(CONTEXTS).format(number))
    for _ in range(60):
        yield Example(
            "identity",
            dice.choice(CONTEXTS[:6]).format(in_groups(dice, identity_15(dice), ((15,), (6, 6, 3)))),
        )
    for _ in range(220):
        number = in_script(
            dice,
            in_groups(dice, mobile(dice), ((11,), (3, 4, 4), (4, 3, 4), (3, 8), (7, 4), (5, 6), (1,) * 11)),
        )
        lead = dice.choice(("", "", "", "+86", "86-", "+86 ", "0086"))
        yield Example("telephone", dice.choice(CONTEXTS).format(lead + number))
    for _ in range(120):
        yield Example(
            "landline",
            dice.choice(("{}", "电话{}", "（{}）", "值班 {} 转801", "传真：{}")).format(landline(dice)),
        )
    for _ in range(120):
        number = in_groups(dice, card(dice), ((19,), (4, 4, 4, 4), (6, 13)))
        yield Example("card", dice.choice(CONTEXTS[:6]).format(in_script(dice, number)))


# --- Addresses and accounts -------------------------------------------------------------------------------------


def addresses(dice: random.Random) -> Iterator[Example]:
    """Generated mail addresses, accounts and passports."""
    letters, domains = (
        "abcdefghijklmnopqrstuvwxyz",
        ("example.com", "example.cn", "mail.example.org", "example.com.cn"),
    )
    for _ in range(60):
        name = "".join(dice.choices(letters + "0123456789._-", k=dice.randint(3, 12))).strip("._-") or "a"
        at = dice.choice(("@", "@", "＠", " @ ", "[at]", "﹫"))
        yield Example(
            "email",
            dice.choice(("{}", "邮箱：{}", "请发{}，谢谢", "<{}>")).format(
                f"{name}x{at}{dice.choice(domains)}"
            ),
        )
    for _ in range(40):
        name = dice.choice(letters) + "".join(dice.choices(letters + "0123456789_-", k=dice.randint(6, 15)))
        number = str(dice.randint(10**5, 10**10))
        label, said = dice.choice(
            (("微信号：", name), ("微信:", name), ("QQ：", number), ("QQ号", number), ("WeChat: ", name))
        )
        yield Example("account", dice.choice(("{}", "联系{}", "{}，加好友")).format(label + said))
    for _ in range(40):
        letter = dice.choice(("E", "G", "EA", "EJ", "P", "D"))
        number = letter + "".join(dice.choices("0123456789", k=9 - len(letter)))
        yield Example(
            "travel",
            dice.choice(("护照{}", "护照号：{}", "护照号码 {}", "passport No. {}", "港澳通行证{}")).format(
                number
            ),
        )


# --- Names ------------------------------------------------------------------------------------------------------

# As frequent as they are, roughly; with rare ones.
SURNAMES = (
    "王李张刘陈杨黄赵吴周" * 6
    + "徐孙马朱胡郭何高林罗郑梁谢宋唐" * 3
    + "许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江"
    + "尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文牟纳沙撒鲍华俞葛"
)  # fmt: skip
SYLLABLES = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国文志海林永学德福贵荣梅琴云珍春燕雪梓涵浩宇欣怡子轩"
    "雨桐诗雅佳俊豪晨曦思远嘉琪若彤瑞泽凯旋鹏飞晓东少波新民光辉素芬小兵大山天佑爱莲国庆振兴家豪立群胜利亚楠婷婷"
)
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "皇甫", "慕容")
UYGHUR = (
    "阿依古丽",
    "买买提",
    "吐尔逊",
    "艾力",
    "热合曼",
    "古丽娜尔",
    "玉素甫",
    "阿迪力",
    "帕提古丽",
    "努尔买买提",
)
TIBETAN = ("扎西", "卓玛", "次仁", "多吉", "平措", "央金", "格桑", "洛桑", "尼玛", "达瓦", "索朗", "拉姆")
LABELS = (
    "姓名：",
    "联系人：",
    "户主：",
    "负责人：",
    "经办人:",
    "填表人：",
    "组长：",
    "主讲人：",
    "姓名 ",
    "签名：",
    "法定代表人：",
    "网格员：",
)


def name(dice: random.Random) -> str:
    """An invented name."""
    kind = dice.random()
    if kind < 0.02:
        return dice.choice(DOUBLE) + "".join(dice.choices(SYLLABLES, k=dice.choice((1, 2))))
    if kind < 0.04:
        return "·".join(dice.sample(UYGHUR, 2))
    if kind < 0.06:
        return "".join(dice.sample(TIBETAN, 2))
    return dice.choice(SURNAMES) + "".join(dice.choices(SYLLABLES, k=1 if kind < 0.25 else 2))


def names(dice: random.Random) -> Iterator[Example]:
    """Generated lists of names, and labels with a name."""
    shapes = (
        "{}",
        "{}",
        "参会：{}",
        "参加人员有{}",
        "由{}负责",
        "{}等同志参加",
        "名单\n{}",
        "（{}）",
        "3月12日到会：{}。",
    )
    for _ in range(240):
        mark = dice.choice(("、", "、", "，", ",", "；", " ", "　", "\n", "/", "\t", "、\n"))
        listed = [name(dice) for _ in range(dice.choice((3, 3, 4, 5, 8, 12)))]
        note = dice.choice(("", "", "", "（组长）", "同志"))
        yield Example("names", dice.choice(shapes).format(mark.join([listed[0] + note, *listed[1:]])))
    for _ in range(60):
        yield Example("names", dice.choice(shapes).format("、".join((name(dice), name(dice)))))
    for _ in range(80):
        yield Example("name", dice.choice(LABELS) + name(dice) + dice.choice(("", "", "，党员", "\n", " 男")))


# --- Innocent texts ---------------------------------------------------------------------------------------------

WORDS = read_yaml((HERE / "words.yaml").read_text(encoding="utf-8"), "words.yaml").data
TOPICS, OFFICES, PLACES, KINDS_OF_PLACE, PEOPLES, FESTIVALS, CITIES, EVENTS, PAPERS = (
    words.split() for words in WORDS.values()
)
SHORT = "政 办 党 民宗 社 街 委 函 财 教".split()


def credit_code(dice: random.Random) -> str:
    """A unified social credit code with its checksum."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = dice.choice(("91", "12", "11", "52", "54", "55", "92")) + dice.choice(REGIONS)
    body += "".join(dice.choices(dice.choice((letters, "0123456789")), k=9))
    total = sum(letters.index(one) * pow(3, n, 31) for n, one in enumerate(body))
    return body + letters[-total % 31]


def day(dice: random.Random) -> tuple[int, int, int]:
    """A day of the years around."""
    return dice.randint(2011, 2026), dice.randint(1, 12), dice.randint(1, 28)


def innocent_numbers(dice: random.Random) -> Iterator[str]:
    """Generated numbers that are nobody's: of papers, days, amounts, files, codes."""
    for _ in range(70):
        y, m, d = day(dice)
        n = dice.randint(1, 400)
        yield f"{dice.choice('昆川芜成五锦')}{dice.choice(SHORT)}{dice.choice(('发', '函', '办发', '字'))}〔{y}〕{n}号"
        yield dice.choice(
            (
                f"{y}-{m:02}-{d:02}",
                f"{y}年{m}月{d}日",
                f"{y}.{m}.{d}",
                f"{y}/{m}/{d} 09:30—11:00",
                f"{y}{m:02}{d:02}",
            )
        )
        taken = f"{y}{m:02}{d:02}{dice.choice(('_', ''))}{dice.randint(0, 235959):06}{dice.choice(('', '_01', '_003', ' (2)'))}"
        camera = dice.choice(("IMG", "E01", "VID", "微信图片", "D12", "Screenshot", "扫描"))
        yield f"{camera}_{taken}.{dice.choice(('jpg', 'png', 'pdf'))}"
        yield f"mmexport{dice.randint(1_500_000_000_000, 1_799_999_999_999)}.jpg"
        amount = f"{dice.randint(1000, 10**8):,}{dice.choice(('.00', '', '.50'))}"
        yield f"{dice.choice(('经费', '投入', '预算', '合计', '补助'))}{dice.choice(('', '：'))}{amount}元"
        yield f"{dice.choice(('参与率', '占比', '覆盖率', '满意度'))}{dice.random() * 100:.{dice.choice((1, 2, 4))}f}%"
        yield f"{dice.random():.{dice.randint(4, 16)}f}"
        yield hashlib.sha256(str(dice.random()).encode()).hexdigest()
        yield str(uuid.UUID(int=dice.getrandbits(128), version=4))
        yield f"统一社会信用代码{dice.choice(('', '：', ' '))}{credit_code(dice)}"
        yield f"统计用区划代码{dice.choice(REGIONS)}{dice.randint(1, 20):03}{dice.randint(1, 40):03}"
        serial = f"{dice.choice(('HT', 'N', 'CG', ''))}{dice.choice(REGIONS)}{y}{dice.randint(1, 999999):06}"
        yield f"{dice.choice(('合同', '项目', '招标', '采购', '备案'))}编号{dice.choice(('', '：'))}{serial}"
        yield f"{dice.choice(('第', '见第', '附件第'))}{n}{dice.choice(('页', '条', '项', '号楼'))}"
        yield f"{dice.randint(1, 40)}栋{dice.randint(1, 4)}单元{dice.randint(1, 33)}{dice.randint(1, 8):02}室"
        yield f"{dice.choice(('应到', '参加'))}{n}人，实到{n - 1}人，{dice.choice(('合格', '缺席'))}{dice.randint(0, 9)}人"
        yield f"ISBN 978-7-{dice.randint(100, 9999)}-{dice.randint(1000, 9999)}-{dice.randint(0, 9)}"
        yield f"邮编{dice.choice(REGIONS)}，{dice.randint(1, 999)}号"
        yield "、".join(f"{dice.choice(PLACES)}{dice.randint(100, 3000)}户" for _ in range(4))
        yield " ".join(str(dice.randint(0, 999)) for _ in range(dice.randint(3, 12)))
        yield f"东经{dice.uniform(97, 109):.6f}，北纬{dice.uniform(21, 34):.6f}"


def innocent_words(dice: random.Random) -> Iterator[str]:
    """Generated titles, places and lists of what is no person."""
    communities = [place + dice.choice(KINDS_OF_PLACE) for place in PLACES]
    for _ in range(120):
        y, m, _ = day(dice)
        place = dice.choice(PLACES)
        yield f"{y}年{m}月{place}{dice.choice(KINDS_OF_PLACE)}{dice.choice(EVENTS)}"
        yield f"关于印发《{place}街道{dice.choice(TOPICS)}{dice.choice(PAPERS)}》的通知"
        yield f"{place}社区{dice.choice(FESTIVALS)}{dice.choice(EVENTS)}.{dice.choice(('jpg', 'pdf', 'docx'))}"
        yield f"{dice.choice(('联系单位', '负责人', '主办', '承办单位', '责任单位', '联系人'))}：{dice.choice(OFFICES)}"
        for words in (TOPICS, OFFICES, PEOPLES, FESTIVALS, CITIES, communities, PLACES):
            mark = dice.choice(("、", "、", "，", " ", "；", "/", "\n"))
            yield mark.join(dice.sample(words, dice.randint(2, 6)))
        mixed = [
            dice.choice(dice.choice((TOPICS, OFFICES, PEOPLES, FESTIVALS, CITIES, PLACES))) for _ in range(4)
        ]
        yield "包括" + "、".join(mixed) + "等"


def texts_of_the_repository() -> Iterator[str]:
    """Every text in the rules, the catalogue and the examples."""
    for path in sorted([*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")]):
        yield from _scalars(read_yaml(path.read_text(encoding="utf-8"), path.name).data)


def _scalars(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _scalars(value)
    elif isinstance(data, list):
        for value in data:
            yield from _scalars(value)
    elif data is not None and not isinstance(data, bool):
        yield str(data)


def positives() -> list[Example]:
    """Every text that has to be refused."""
    dice = random.Random(SEED)
    return [*odd_shapes(), *numbers(dice), *addresses(dice), *names(dice)]


def innocents() -> list[str]:
    """Every innocent text but those of the repository."""
    dice = random.Random(SEED)
    return [*written("innocents.txt"), *innocent_numbers(dice), *innocent_words(dice)]

"""Texts that take a parser apart: small here, large where they are read. Each is made when a test asks for it; none is kept.

Every one is a submission but for what is hostile in it, so that it is refused for that, whoever reads it.
"""

from __future__ import annotations

from collections.abc import Callable

HEAD = 'submission: 1\nsubject: {id: a, name: 甲社区, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
JSON = (
    '{"submission": 1, "subject": {"id": "a", "name": "甲社区", "kind": "community"}, '
    '"period": {"from": "2025-01-01", "to": "2025-12-31"}, %s}'
)
DEEP, DIGITS = 100_000, "9" * 1_000_000


def _laughs(opening: str, closing: str) -> str:
    lines = [f"x0: &x0 {opening}ha{closing}"]
    lines += [f"x{n}: &x{n} {opening}{', '.join([f'*x{n - 1}'] * 9)}{closing}" for n in range(1, 12)]
    return "\n".join(lines)


YAML: dict[str, tuple[Callable[[], str], str]] = {
    # what it is → the text, and the code of its refusal
    "laughs in lists": (lambda: HEAD + _laughs("[", "]"), "too_large"),
    "laughs in mappings": (
        lambda: (
            HEAD
            + "x0: &x0 {a: b}\n"
            + "\n".join(
                f"x{n}: &x{n} {{{', '.join(f'k{k}: *x{n - 1}' for k in range(9))}}}" for n in range(1, 12)
            )
        ),
        "too_large",
    ),
    "an anchor in itself": (lambda: HEAD + "counts: &x {buildings: *x}\n", "alias"),
    "merge keys": (lambda: HEAD + "counts: {<<: [{buildings: 1}, {families: 2}]}\n", ""),
    "brackets": (lambda: HEAD + "counts: " + "[" * DEEP, "too_deep"),
    "braces": (lambda: HEAD + "counts: " + "{a: " * DEEP, "too_deep"),
    "blocks": (lambda: HEAD + "counts:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 2000)), "too_deep"),
    "dashes": (lambda: HEAD + "counts:\n " + "- " * DEEP + "a\n", "too_deep"),
    "a python object": (lambda: HEAD + 'counts: !!python/object/apply:os.system ["touch owned"]\n', "tag"),
    "a python name": (lambda: HEAD + "counts: {buildings: !!python/name:os.system }\n", "tag"),
    "binary": (lambda: HEAD + "counts: {buildings: !!binary aGk= }\n", "tag"),
    "a tag of one's own": (lambda: "%TAG ! tag:x,2000:\n---\n" + HEAD + "counts: !foo {a: 1}\n", "tag"),
    "a key twice": (lambda: HEAD + "counts: {buildings: 1, buildings: 2}\n", "duplicate_key"),
    "a section twice": (lambda: HEAD + "counts: {buildings: 1}\ncounts: {buildings: 2}\n", "duplicate_key"),
    "a huge text": (lambda: HEAD + f"none: [{'x' * 5_000_000}]\n", "string_pattern_mismatch"),
    "a huge key": (lambda: HEAD + f"? {'x' * 5_000_000}\n: 1\n", "extra_forbidden"),
    "many anchors": (lambda: HEAD + "none: [" + ", ".join(f"&a{n} x" for n in range(20_000)) + "]\n", ""),
    "a number of a million digits": (lambda: HEAD + f"counts: {{buildings: {DIGITS}}}\n", "bad_number"),
    "an exponent": (lambda: HEAD + "counts: {buildings: 1e999999999}\n", "bad_number"),
    "no number": (lambda: HEAD + "counts: {buildings: .nan}\n", "bad_number"),
    "infinity": (lambda: HEAD + "counts: {buildings: -.inf}\n", "bad_number"),
    "hexadecimal": (lambda: HEAD + "counts: {buildings: 0xFFFFFFFF}\n", "bad_number"),
    "base sixty": (lambda: HEAD + "counts: {buildings: 1:59:59}\n", "bad_number"),
    "arabic digits": (lambda: HEAD + "counts: {buildings: ٤٠}\n", "bad_number"),
    "mathematical digits": (lambda: HEAD + "counts: {buildings: 𝟒𝟎}\n", "bad_number"),
    "full-width digits": (lambda: HEAD + "counts: {buildings: ４０}\n", "bad_number"),
    "a fraction of a million digits": (lambda: HEAD + f"counts: {{buildings: 0.{DIGITS}}}\n", "bad_number"),
    "a day in arabic digits": (lambda: HEAD + 'as_of: "٢٠٢٥-٠١-٠١"\n', "bad_date"),
    "half a character": (lambda: HEAD + 'as_of: "\\ud800"\n', ""),
    "a control character": (lambda: HEAD + "as_of: \x00\n", "syntax"),
    "a million documents": (lambda: "---\n" * 1_000_000, "second_document"),
    "a million faults": (lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(10_000)), "many_faults"),
    "an open quote": (lambda: HEAD + 'as_of: "' + "\n" * 1_000_000, "syntax"),
    "a plain text of lines": (lambda: HEAD + "as_of: " + "a\n " * 500_000, "bad_date"),
    "keys without end, all alike": (lambda: HEAD + "counts: {" + "1," * 30_000 + "}\n", "many_faults"),
    "digits without end in a text": (
        lambda: HEAD.replace("甲社区", '"' + "1," * 2_000_000 + '"'),
        "long_text",
    ),
    "a comment of digits": (lambda: HEAD + "#" + "1 " * 2_000_000 + "\nx: 1\n", "extra_forbidden"),
    "a comment of a megabyte": (lambda: HEAD + "#" * 1_000_000 + "\nx: 1\n", "extra_forbidden"),
    "percent directives": (lambda: "%YAML 1.2\n" * 1000 + "---\n" + HEAD, "syntax"),
}
JSONS: dict[str, tuple[Callable[[], str], str]] = {
    "brackets": (lambda: JSON % ('"counts": ' + "[" * DEEP), "too_deep"),
    "brackets that close": (lambda: JSON % ('"counts": ' + "[" * DEEP + "]" * DEEP), "too_deep"),
    "braces": (lambda: JSON % ('"counts": ' + '{"a": ' * DEEP + "1" + "}" * DEEP), "too_deep"),
    "a number of a million digits": (lambda: JSON % f'"counts": {{"buildings": {DIGITS}}}', "bad_number"),
    "an exponent": (lambda: JSON % '"counts": {"buildings": 1e999999999}', "bad_number"),
    "a small exponent": (lambda: JSON % '"counts": {"buildings": 1e-999999999}', "bad_number"),
    "no number": (lambda: JSON % '"counts": {"buildings": NaN}', "bad_number"),
    "infinity": (lambda: JSON % '"counts": {"buildings": -Infinity}', "bad_number"),
    "a level of a million digits": (
        lambda: JSON % f'"ratings": [{{"criterion": "km-4-6", "level": {DIGITS}, "reason": "好"}}]',
        "int_type",
    ),
    "a key twice": (lambda: JSON % '"counts": {"buildings": 1, "buildings": 2}', "duplicate_key"),
    "half a character": (lambda: JSON % '"as_of": "\\ud800"', "half_character"),
    "halves in the wrong order": (lambda: JSON % '"as_of": "\\udc00\\ud800"', "half_character"),
    "a null character": (lambda: JSON % '"none": ["\\u0000"]', "string_pattern_mismatch"),
    "an order from right to left": (
        lambda: JSON % '"sources": {"buildings": "\\u202e1"}',
        "hidden_character",
    ),
    "a million items": (lambda: JSON % ('"none": [' + "1," * 1_000_000 + "1]"), "too_large"),
    "a million texts": (lambda: JSON % ('"none": [' + '"",' * 1_000_000 + '""]'), "too_large"),
    "a million empty objects": (lambda: JSON % ('"events": [' + "{}," * 1_000_000 + "{}]"), "too_large"),
}
BYTES: dict[str, tuple[Callable[[], bytes], str]] = {
    "utf-16": (lambda: HEAD.encode("utf-16"), "encoding"),
    "utf-16 without a mark": (lambda: HEAD.encode("utf-16-le"), ""),
    "utf-32": (lambda: HEAD.encode("utf-32"), "encoding"),
    "half a pair in utf-8": (lambda: HEAD.encode() + b'as_of: "\xed\xa0\x80"\n', "encoding"),
    "a long way to write a slash": (lambda: HEAD.encode() + b'as_of: "\xc0\xaf"\n', "encoding"),
    "beyond the last character": (lambda: HEAD.encode() + b'as_of: "\xf5\x80\x80\x80"\n', "encoding"),
    "nothing but nulls": (lambda: b"\0" * 1_000_000, "syntax"),
    "an archive": (lambda: b"PK\x03\x04" + b"\xff" * 100, "encoding"),
    "over the limit": (lambda: b" " * (8 * 1024 * 1024 + 1), "file_size"),
}

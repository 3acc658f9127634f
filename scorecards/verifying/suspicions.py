"""What stands in a PDF that issuing never makes: scripts, actions, notes, forms, other files, fonts that are not embedded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf.generic import DictionaryObject, IndirectObject

from evaluator.errors import Words
from scorecards.verifying.parts import BoundedReader, attachments_in, resolved

OURS = frozenset({"assessment.json", "manifest.json"})
_ACTIONS = {
    "/JavaScript": Words("脚本", "a script"),
    "/Launch": Words("启动程序的动作", "an action that starts a program"),
    "/URI": Words("网络链接", "a link to the network"),
    "/SubmitForm": Words("向外提交数据的动作", "an action that sends data"),
    "/ImportData": Words("读入外部数据的动作", "an action that reads data from outside"),
    "/GoToR": Words("指向另一文件的动作", "an action that opens another file"),
    "/GoToE": Words("打开附件的动作", "an action that opens an attachment"),
    "/Rendition": Words("播放媒体的动作", "an action that plays media"),
    "/Hide": Words("隐藏内容的动作", "an action that hides content"),
    "/Named": Words("菜单动作", "an action of a menu"),
}
_CATALOGUE = {
    "/OpenAction": Words("打开时执行的动作", "an action on opening"),
    "/AA": Words("自动执行的动作", "automatic actions"),
    "/OCProperties": Words("可以隐藏的图层", "layers that can be hidden"),
    "/Collection": Words("文件集", "a portfolio of files"),
    "/Threads": Words("文章线索", "article threads"),
}


class Suspicion(NamedTuple):
    """Something that issuing never makes."""

    code: str
    words: Words


def suspicions(reader: BoundedReader, *, signed: bool) -> tuple[Suspicion, ...]:
    """Everything of that kind in a file; ``signed``: fields of signatures belong there."""
    found = [
        *_of_catalogue(reader, signed=signed),
        *_of_objects(reader),
        *_of_attachments(reader),
        *_of_pages(reader),
    ]
    return tuple(dict.fromkeys(found))


def _of_catalogue(reader: BoundedReader, *, signed: bool) -> Iterator[Suspicion]:
    root = resolved(reader.trailer["/Root"])
    for key, words in _CATALOGUE.items():
        if key in root:
            yield Suspicion("action" if key in ("/OpenAction", "/AA") else "structure", _contains(words))
    names = resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        yield Suspicion("action", _contains(_ACTIONS["/JavaScript"]))
    form = resolved(root.get("/AcroForm"))
    if isinstance(form, DictionaryObject):
        fields = [resolved(one) for one in resolved(form.get("/Fields")) or ()]
        others = [
            one for one in fields if not (isinstance(one, DictionaryObject) and one.get("/FT") == "/Sig")
        ]
        if "/XFA" in form or others or not signed:
            yield Suspicion("form", _contains(Words("可填写的表单", "a form to fill in")))


def _of_objects(reader: BoundedReader) -> Iterator[Suspicion]:
    """Whatever object, wherever it hangs: what is reached by no way of ours may be by another's."""
    for generation, numbers in reader.xref.items():
        for number in numbers:
            yield from _of_object(_read(reader, number, generation))
    for number in reader.xref_objStm:
        yield from _of_object(_read(reader, number, 0))


def _read(reader: BoundedReader, number: int, generation: int) -> Any:
    return reader.get_object(IndirectObject(number, generation, reader))


def _of_object(one: Any) -> Iterator[Suspicion]:
    if not isinstance(one, DictionaryObject):
        return
    action = str(one.get("/S", ""))
    if action in _ACTIONS and one.get("/Type") in (None, "/Action"):
        yield Suspicion("action", _contains(_ACTIONS[action]))
    if "/JS" in one:
        yield Suspicion("action", _contains(_ACTIONS["/JavaScript"]))
    for key in ("/A", "/AA"):
        inner = one.get(key)
        if isinstance(inner, DictionaryObject):
            yield from _of_object(inner)


def _of_attachments(reader: BoundedReader) -> Iterator[Suspicion]:
    others = sorted(attachments_in(reader).keys() - OURS)
    if others:
        listed = "、".join(one[:60] or "—" for one in others)
        yield Suspicion("attachment", Words(f"多出附件：{listed}", f"more is attached: {listed}"))


def _of_pages(reader: BoundedReader) -> Iterator[Suspicion]:
    for n, page in enumerate(reader.pages, 1):
        if "/AA" in page:
            yield Suspicion("action", _on(n, Words("自动执行的动作", "automatic actions")))
        for one in resolved(page.get("/Annots")) or ():
            note = resolved(one)
            if not (isinstance(note, DictionaryObject) and _is_ours(note)):
                kind = (
                    str(note.get("/Subtype", "/?")).lstrip("/") if isinstance(note, DictionaryObject) else "?"
                )
                yield Suspicion(
                    "annotation", _on(n, Words(f"批注或浮动内容（{kind}）", f"an annotation ({kind})"))
                )
        resources = resolved(page.get("/Resources"))
        fonts = resolved(resources.get("/Font")) if isinstance(resources, DictionaryObject) else None
        for font in (fonts or {}).values():
            said = resolved(font)
            if isinstance(said, DictionaryObject) and not _is_embedded(said):
                name = str(said.get("/BaseFont", "?")).lstrip("/")
                yield Suspicion(
                    "font", _on(n, Words(f"没有嵌入的字体 {name}", f"a font that is not embedded, {name}"))
                )


def _is_ours(note: DictionaryObject) -> bool:
    """The field of a signature, or a link within the file."""
    if note.get("/Subtype") == "/Widget":
        parent = resolved(note.get("/Parent"))
        return "/Sig" in (
            note.get("/FT"),
            parent.get("/FT") if isinstance(parent, DictionaryObject) else None,
        )
    action = resolved(note.get("/A"))
    inside = "/Dest" in note or (isinstance(action, DictionaryObject) and action.get("/S") == "/GoTo")
    return note.get("/Subtype") == "/Link" and inside and "/AA" not in note


def _is_embedded(said: DictionaryObject) -> bool:
    inner = resolved(said.get("/DescendantFonts"))
    own = resolved(inner[0]) if inner else said
    descriptor = resolved(own.get("/FontDescriptor")) if isinstance(own, DictionaryObject) else None
    if said.get("/Subtype") == "/Type3":
        return False
    return isinstance(descriptor, DictionaryObject) and any(
        f"/FontFile{n}" in descriptor for n in ("", "2", "3")
    )


def _contains(words: Words) -> Words:
    return Words(f"文件里有{words.zh}，签发时没有", f"the file holds {words.en}: issuing makes none")


def _on(page: int, words: Words) -> Words:
    return Words(f"第 {page} 页有{words.zh}，签发时没有", f"page {page} holds {words.en}: issuing makes none")

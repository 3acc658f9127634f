"""The XMP packet of a PDF: what it claims to be, its title and dates, in agreement with its document information."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from scorecards.issue import Issue

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
%s
</rdf:Description>
%s</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
# PDF/A knows no PDF/UA: a property that it does not know is to be described in the file.
_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """``text`` without the characters that XML has not."""
    return _NOT_IN_XML.sub("", text)


def metadata(stated: Mapping[str, str], issue: Issue) -> bytes:
    """The packet of a document whose information is ``stated``: Title, Keywords, Producer, each where it has one."""
    conformance = {"a": "U", "ua": "A"}[issue.pdf]
    lines = [f"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>"]
    said = {key: escape(plain(value)) for key, value in stated.items()}
    if "Title" in said:
        title = f'<rdf:Alt><rdf:li xml:lang="x-default">{said["Title"]}</rdf:li></rdf:Alt>'
        lines.append(f"<dc:title>{title}</dc:title>")
    lines += [f"<pdf:{key}>{said[key]}</pdf:{key}>" for key in ("Keywords", "Producer") if key in said]
    if issue.day is not None:
        moment = f"{issue.day}T00:00:00Z"
        lines += [f"<xmp:{key}>{moment}</xmp:{key}>" for key in ("CreateDate", "ModifyDate")]
    return (_PACKET % ("\n".join(lines), _UA if issue.pdf == "ua" else "")).encode()

"""What the keys of a seal's profile mean."""

from __future__ import annotations

from evaluator.schema_texts.base import Texts

TEXTS: Texts = {
    "SealingProfile": {
        "": (
            "签章方案：用哪个密钥签章，印章什么样；口令不写在里面",
            "A seal's profile: which key signs and how the seal looks; no secret stands in it",
        ),
        "sealing": ("格式的版本，写 1", "The version of the format: 1"),
        "pkcs12": (
            "密钥在证书文件里（三种密钥写一种）",
            "The key is in a PKCS #12 file (one of three kinds)",
        ),
        "pkcs11": ("密钥在令牌或加密机里", "The key is in a token or an encryption machine"),
        "program": ("由本单位的签章程序签", "A program of the unit's seal service signs"),
        "seal": ("印章的位置和样子", "Where the seal goes and how it looks"),
        "timestamp": ("时间戳服务；没有的不写", "The time stamp authority; left out where there is none"),
    },
    "KeyFile": {
        "": ("证书文件里的密钥", "A key in a PKCS #12 file"),
        "file": ("证书文件的路径", "The path of the .p12 or .pfx"),
        "passphrase_file": (
            "口令文件的路径，只有本人能读；不写则在终端上询问",
            "The path of the file with its passphrase, which only its owner may read; asked for at the terminal without it",
        ),
    },
    "KeyToken": {
        "": ("令牌里的密钥", "A key in a token (PKCS #11)"),
        "module": ("令牌厂家的模块文件的路径", "The path of the module of the token's maker"),
        "token": ("令牌的名称", "The token's name"),
        "label": ("密钥和证书的标签", "The label of the key and of its certificate"),
        "pin_file": (
            "口令文件的路径，只有本人能读；不写则在终端上询问",
            "The path of the file with the PIN, which only its owner may read; asked for at the terminal without it",
        ),
    },
    "KeyProgram": {
        "": ("签章程序", "A program of the seal service"),
        "run": (
            "程序的路径，后面逐项写参数；不经命令行解释",
            "The program's path, then its arguments; no shell is involved",
        ),
        "certificate": ("单位证书的路径", "The path of the unit's certificate, with those that issued it"),
        "gives": ("程序给出的是什么", "What the program gives"),
        "seconds": ("最多等多少秒", "How many seconds it may take"),
    },
    "SealLooks": {
        "": ("印章的样子", "How the seal looks"),
        "box": (
            "盖在签章页的第几个盖章处；last 是最后一个，none 是不盖章只签名",
            "Which place on the signature page, from 1; last for the last one, none for no visible seal",
        ),
        "picture": (
            "印章图片的路径；不写则写上单位名称和日期",
            "The path of its picture (PNG); else the unit and the day are written",
        ),
        "text": ("单位名称下面再写的字", "What is written below the unit's name"),
    },
    "TimeStampService": {
        "": ("时间戳服务", "A time stamp authority (RFC 3161)"),
        "url": ("服务的地址", "Its address"),
        "trusted": (
            "受信任的时间戳证书的路径",
            "The paths of the certificates to which its stamps must lead",
        ),
        "seconds": ("最多等多少秒", "How many seconds it may take"),
    },
}

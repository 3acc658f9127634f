"""Codes of files: what cannot be opened or read, and what concerns persons. Pure."""

FILES = """
# 文件与语法 / Files and syntax
no_file
找不到文件 → 文件夹里要有 ruleset.yaml、clauses.yaml、cases.yaml
there is no such file → a folder holds ruleset.yaml, clauses.yaml and cases.yaml
unreadable
文件读不出来 → 看看有没有权限，或重新拷贝一份
the file cannot be read → look at its permissions, or copy it anew
file_size
文件超过 4 MB → 规则只写规则，附件和数据不放在里面
the file is larger than 4 MB → keep attachments and data out of rule files
encoding
文件不是 UTF-8 编码 → 另存为 UTF-8
the file is not UTF-8 → save it as UTF-8
syntax
YAML 语法有误 → 照提示改这一行；常见的是全角冒号、制表符、缩进不齐、引号不成对
YAML syntax → mend the line: a full-width colon, a tab, uneven indentation, an unclosed quote
duplicate_key
同一个键写了两次 → 只保留一处
a key stands twice → keep one of them
key
键不是文字 → 键只写文字
a key is no text → write text
tag
用了 YAML 标签（!） → 删去标签
a YAML tag (!) → leave it out
alias
* 引用的锚点不存在 → 以 * 开头的文字加英文引号
* refers to no anchor → put a text that begins with * in quotes
second_document
一个文件里有多份文档（---） → 一份文件只写一份
more than one document (---) → one file, one document
too_deep
嵌套太深 → 减少嵌套
nested too deep → nest less
too_large
内容太多 → 拆小，或删去重复的锚点引用
too many items → split it, or expand fewer anchors
many_faults
问题超过 1000 处 → 先改列出的，再检查一次
more than 1000 problems → mend those that are listed, and check again
not_a_mapping
文件是空的，或不是一行行的“键: 值” → 照样例写
the file is empty, or no mapping → write it like the examples
folder_name
文件夹名与规则集标识不一致 → 两者改成一样
the folder is not named after the ruleset → give both the same name
# 个人信息 / Persons
number_of_a_person
有身份证号、电话号码、银行卡号等 → 删去；规则只写工作，不写人
a number of a person stands here → leave it out: rules speak of work, not of persons
address_of_a_person
有个人的邮箱、微信号或QQ号 → 删去
an address or account of a person → leave it out
names_of_persons
有人员姓名 → 删去；写岗位或单位
names of persons → leave them out: write posts or units
"""

"""What the keys of the catalogue, of a submission and of worked cases mean."""

from __future__ import annotations

from evaluator.schema_texts.base import Pair, Texts

_SUBJECTS: Pair = ("哪些对象填报", "Which kinds of subject report it")
_FILES: Pair = ("附件的文件名", "The names of its files")
_ID: Pair = ("编号，如 E01，本文件内不重复", "Its id, such as E01, once in the file")

TEXTS: Texts = {
    "CatalogueFile": {
        "": ("佐证目录：各标准共用的佐证", "A file of the catalogue: evidence items shared by all rulesets"),
        "catalogue": ("格式的版本，写 1", "The version of the format: 1"),
        "counts": ("数据：总数，不清点个人", "Counts of things; never of persons by their traits"),
        "events": ("活动：有日期的一次次活动", "Dated events"),
        "documents": ("文件：名称、日期、内容要点", "Documents: title, dates, what they state"),
        "statements": ("事项：是或否", "Yes or no about an institution"),
        "units": ("单元：申报单位的组成部分，如居民小区", "Kinds of unit that a subject is made of"),
    },
    "Item": {
        "label": ("名称，中英文都写；填报表和评分表上显示", "Its label, in both languages"),
        "help": ("统计口径：什么算，什么不算", "What counts and what does not"),
        "retired": (
            '停用的版本，如 "1.2.0"；标识永不删除',
            "The version from which it is no longer asked for; an id is never deleted",
        ),
    },
    "CountItem": {
        "": ("一个数据项", "A number"),
        "unit": ("单位，如 个、户、次", "What it is counted in"),
        "subjects": _SUBJECTS,
        "action": (
            "补足缺口的说法，用 {n} 代表个数；加引号",
            "What closes a shortfall, with {n} for the number; quoted",
        ),
        "at_most": (
            "它所属的总数；部分大于总数会被拒绝",
            "The wholes that it is a part of; more than the whole is refused",
        ),
        "whole_number": (
            "是否只能是整数，默认 true",
            "Whether only whole numbers are possible; true by default",
        ),
    },
    "EventItem": {
        "": ("一类活动", "A type of events"),
        "subjects": _SUBJECTS,
        "held_by": ("谁举办", "Who holds it"),
        "action": (
            "补足缺口的说法，用 {n} 代表次数；加引号",
            "What closes a shortfall, with {n} for the number; quoted",
        ),
    },
    "DocumentItem": {
        "": ("一类文件", "A type of documents"),
        "subjects": _SUBJECTS,
        "issued_by": ("谁印发", "Who issues it"),
        "valid": ("有效期的种类", "How long it holds"),
        "parts": (
            "检查可以要求写明的内容：标识和名称",
            "What a check may ask it to state: identifiers and labels",
        ),
    },
    "StatementItem": {
        "": ("一个事项", "A yes or no"),
        "subjects": _SUBJECTS,
        "public_telephone": (
            "true：说明里可以写单位公布的服务电话",
            "true: its note may hold a service number that the institution publishes",
        ),
    },
    "UnitItem": {"": ("一类单元", "A kind of unit that a subject is made of")},
    "Action": {
        "": ("补足缺口的说法", "What closes a shortfall"),
        "zh": ('中文，含 {n}，如 "再创建 {n} 个"', "In Chinese, with {n}"),
        "en": ("英文，含 {n}", 'In English, with {n}, such as "create {n} more"'),
    },
    "Evidence": {
        "counts": ("数据：目录标识和数", "Counts by their catalogue id"),
        "sources": ("数据的出处：取自哪份材料", "The document that a count was taken from"),
        "previous": ("上期的数，供比较", "Figures of the period before"),
        "events": ("活动，一次一行", "Events, one an entry"),
        "documents": ("文件，一份一行", "Documents, one an entry"),
        "statements": ("事项，一项一行", "Statements, one an entry"),
        "none": ("明确没有的活动或文件类型", "Types of which there is none, said outright"),
        "units": ("各单元自己的数据和事项", "The units with their own counts and statements"),
    },
    "Submission": {
        "": ("申报：一个单位一个评估期的佐证", "One subject's submission for one period"),
        "submission": ("格式的版本，写 1", "The version of the format: 1"),
        "subject": ("申报单位", "Who is assessed"),
        "period": ("评估期", "The period"),
        "as_of": (
            "数据截止日：佐证说到哪一天；不写取评估期最后一天",
            "The day up to which the evidence speaks",
        ),
        "includes": (
            "引用的文件，如街道统一填报的佐证",
            "Files to include, such as what the street states for all",
        ),
        "ratings": (
            "自评的档次：只印出来，不起作用",
            "Levels that the subject gives itself: printed, never decide",
        ),
    },
    "Subject": {
        "": ("申报单位", "The institution that is assessed"),
        "id": ("单位标识，小写字母、数字、-、_", "Its identifier: lower-case letters, digits, -, _"),
        "name": ("单位名称", "Its name"),
        "kind": ("单位类别", "Its kind"),
        "region": ("所在地区，从省到区县", "Its region, from the province down"),
        "attributes": ("单位的属性，如 class: urban", "Its attributes, such as class: urban"),
    },
    "Period": {
        "": ("评估期，起止两天都算在内", "The days that are judged, both inclusive"),
        "from": ("起日", "The first day"),
        "to": ("止日", "The last day"),
    },
    "Previous": {
        "": ("上一评估期的数", "Figures of the period before"),
        "counts": ("数据：目录标识和数", "Counts by their catalogue id"),
    },
    "Event": {
        "": ("一次活动", "One dated event"),
        "id": _ID,
        "type": ("活动类型：目录标识", "Its type: a catalogue id"),
        "date": ("举办日期", "The day on which it was held"),
        "title": ("活动名称", "Its title"),
        "expected": ("应到人数，只写数", "How many were to come; never who"),
        "present": ("实到人数，只写数", "How many came; never who"),
        "files": _FILES,
    },
    "Document": {
        "": (
            "一份文件的情况，不含涉及个人的内容",
            "One document's metadata, never its content about persons",
        ),
        "id": _ID,
        "type": ("文件类型：目录标识", "Its type: a catalogue id"),
        "title": ("文件名称", "Its title"),
        "number": ("文号", "Its number"),
        "issued": ("印发日期；没有写的由人判定", "The day of issue; without one a person decides"),
        "valid_to": ("失效日期；长期有效的不写", "The last day of validity; left out where it has none"),
        "contains": (
            "写明了哪些内容：目录该文件 parts 的标识",
            "The parts that it states, by the catalogue's ids",
        ),
        "page": ("要求在文件里的哪一页、哪一段", "The page or paragraph where the requirement stands"),
        "pages": ("各项内容在哪一页、哪一段", "The page or paragraph of each part"),
        "files": _FILES,
    },
    "Statement": {
        "": ("一个事项的答复", "One yes or no"),
        "id": _ID,
        "type": ("事项：目录标识", "Which statement: a catalogue id"),
        "value": ("是写 true，否写 false", "true for yes, false for no"),
        "note": ("说明", "A note"),
        "files": _FILES,
    },
    "Unit": {
        "": ("一个单元，如一个居民小区", "One unit, such as a residential quarter"),
        "id": ("单元编号，如 Q1", "Its id, such as Q1"),
        "name": ("单元名称", "Its name"),
        "counts": ("本单元的数据", "Its counts"),
        "statements": ("本单元的事项", "Its statements"),
    },
    "SelfRating": {
        "": ("自评的档次", "A level that the subject gives itself"),
        "criterion": ("指标标识", "The criterion"),
        "level": ("第几档", "The level"),
        "reason": ("理由", "Why"),
    },
    "CaseFile": {
        "": ("用例：给出填报内容，写明应得的判定", "Worked cases: facts in, outcomes out"),
        "format": ("格式的版本，写 1", "The version of the format: 1"),
        "defaults": ("各用例共同的部分", "What every case has unless it says otherwise"),
        "cases": ("用例：每个指标至少一个达标、一个未达标，每个数在边界上和差一点点各一个", "The cases"),
        "unnoticed": (
            "没有用例能发现、也不必发现的改动，逐条写明理由",
            "Changes of the rules that no case can or need notice, each with its reason",
        ),
    },
    "Unnoticed": {
        "": ("一处不必发现的改动", "A change that no case can or need notice"),
        "criterion": (
            "指标标识；改的是计分或类目的不写",
            "The criterion; left out where the change is of the scoring or of a section",
        ),
        "change": ("改动，照 rules test --mutate 的写法", "The change, as rules test --mutate names it"),
        "reason": ("为什么不必发现", "Why it need not be noticed"),
    },
    "Defaults": {
        "": ("各用例共同的部分", "What every case has unless it says otherwise"),
        "stage": ("阶段，默认验收", "The stage; inspection by default"),
        "period": ("评估期", "The period"),
        "as_of": ("数据截止日；不写取评估期最后一天", "The data date; by default the period's last day"),
    },
    "Case": {
        "": ("一个用例", "One worked case"),
        "name": ("一句话说明，不重复", "One sentence, once in the file"),
        "based_on": (
            "前面一个用例的名称：它填报的内容这里也有，这里另写的为准",
            "The name of a case further up: what is given there is given here too, unless stated otherwise",
        ),
        "criterion": (
            "单独判这个指标；不写则评整套规则",
            "The criterion to judge; without it the whole ruleset",
        ),
        "stage": ("只对本用例的阶段", "The stage of this case"),
        "period": ("只对本用例的评估期", "The period of this case"),
        "as_of": ("只对本用例的数据截止日", "The data date of this case"),
        "given": ("填报的内容；没有写的就是没有提交", "The facts; what is not given is not submitted"),
        "expect": ("应得的结果，只比较写了的", "What it must come to; only what is written is compared"),
    },
    "Given": {
        "": ("填报的内容", "The facts of a case"),
        "counts": ("数据：目录标识和数", "Counts by their catalogue id"),
        "previous": ("上期的数", "Figures of the period before"),
        "events": ("活动：类型和各次的日期", "Events: a type and the days"),
        "documents": (
            "文件：类型和各份的印发日期，或 issued、valid_to、contains、files",
            "Documents: a type and days of issue, or issued, valid_to, contains, files",
        ),
        "statements": (
            "事项：标识和是否，或 value、files",
            "Statements: an id and true or false, or value, files",
        ),
        "none": ("明确没有的类型", "Types of which there is none, said outright"),
        "units": ("单元", "The units"),
        "ratings": ("检查人员的评档：指标和档次", "An inspector's levels by criterion"),
        "attributes": ("单位的属性", "The subject's attributes"),
    },
    "GivenDocument": {
        "": ("一份文件；默认有附件", "A document; attached unless files is empty"),
        "issued": ("印发日期", "The day of issue"),
        "valid_to": ("失效日期", "The last day of validity"),
        "contains": ("写明的内容", "The parts that it states"),
        "files": ("附件；写 [] 表示没有", "Its files; [] for none"),
    },
    "GivenStatement": {
        "": ("一个事项；默认有附件", "A statement; supported unless files is empty"),
        "value": ("是写 true，否写 false", "true for yes, false for no"),
        "files": ("附件；写 [] 表示没有", "Its files; [] for none"),
    },
    "Expect": {
        "": ("应得的结果，只比较写了的", "What is expected; only what is written is compared"),
        "outcome": ("判定（单个指标）", "The outcome of one criterion"),
        "earned": (
            "得分（单个指标）：一个数，或 floor 和 ceiling",
            "The points of one criterion, or floor and ceiling",
        ),
        "credit": ('得分率（单个指标），如 "3/4"', 'The credit of one criterion, such as "3/4"'),
        "missed": ('错过的时段，如 "2025-10-01/2025-12-31"', "The windows that were missed"),
        "shortfall": ("缺口：还差多少", "How far short it falls"),
        "score": ("总分（整套规则）", "The score of the whole ruleset"),
        "grade": ("等级的标识；定不下来写 null", "The grade's id; null where it is not decided"),
        "accepted": ("是否达标；定不下来写 null", "Whether it is accepted; null where it is not decided"),
        "vetoes": ("没有过的一票否决指标", "The vetoes that failed"),
        "outcomes": ("各指标的判定", "The outcomes by criterion"),
    },
    "Range": {
        "": ("一个区间", "An interval"),
        "floor": ("最低", "The least"),
        "ceiling": ("最高", "The greatest"),
    },
}

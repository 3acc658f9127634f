"""Codes of what refers to something else: evidence, criteria, clauses, cases, dates, versions. Pure."""

REFERENCES = """
# 引用与标识 / References and identifiers
unknown_item
目录中没有这项佐证 → 照提示改，或先在目录中声明
the catalogue has no such item → write the one that is meant, or declare it first
retired_item
佐证已经停用 → 换用现行的佐证
the item is retired → use one that is not
item_not_for_subject
这项佐证不由被评单位填报 → 在目录的 subjects 中加上
the item is not for those who are judged → add them to its subjects
unknown_part
文件没有声明这项内容 → 改成目录里 parts 的标识，或先声明
the document has no such part → name one of its parts, or declare it
unknown_criterion
指标不存在 → 照提示改
there is no such criterion → write the one that is meant
repeated_id
标识重复 → 换一个没有用过的
the identifier stands twice → use a new one
changed_id
已发布的指标改了标识 → 改回原来的标识
a published criterion has another identifier → give it the old one
removed_id warning
已发布的指标不见了 → 误删的补回；确要取消，写进修订说明
a published criterion is gone → put it back, or say why it went
circle
前提指标绕成了圈 → 删去其中一个 requires
prerequisites lead back to where they began → leave one of them out
bad_supersedes
supersedes 承接得不对 → 写上一版的标识，一项旧指标只由一项承接
supersedes does not fit → name one of the edition before, each once
odd_attribute warning
属性或属性值只出现一次，与另一个很像 → 核对是否写错
an attribute or its value looks misspelt → check it
# 条款 / Clauses
unknown_clause
clauses.yaml 中没有这一条 → 核对条款号
clauses.yaml has no such clause → check the number
item_missing
条款分项，没有写是哪一项 → 写 item
the clause has items → say which
unknown_item_of_clause
条款没有这个分项 → 核对 item
the clause has no such item → check item
printed_number
印刷编号与 clauses.yaml 不一致 → 两处写成一样
the printed number differs from clauses.yaml → write both alike
uncited_clause
条款既没有指标引用，也没有写为什么不评 → 补充指标，或写 not_assessed
a clause is neither cited nor excused → add a criterion, or say not_assessed
cited_yet_excused
条款写明不评价，却被指标引用 → 删去 not_assessed，或改引用
a clause is excused and cited → change one of the two
# 与原文的核对 / Tracing
not_confirmed warning
指标还没有与原文核对确认 → 用 duibiao rules trace 核对后确认
a criterion was never confirmed against the text → confirm it with duibiao rules trace
criterion_changed warning
指标在核对确认之后改过 → 用 duibiao rules trace 核对后再确认
a criterion changed after it was confirmed → confirm it again with duibiao rules trace
left_over warning
trace.yaml 里有已不存在的指标 → 用 duibiao rules trace 确认其余的，它会删去
trace.yaml has a criterion that is no more → confirm the others with duibiao rules trace
printed_disagrees
clauses.yaml 与更正清单对印错的编号说法不一 → 两处写成一样
clauses.yaml and the list of corrections differ on a misprinted number → write both alike
# 用例 / Cases
no_satisfied_case
指标没有达标的用例 → 在 cases.yaml 中补充
a criterion without a case that satisfies it → add one
no_failing_case
指标没有未达标的用例 → 在 cases.yaml 中补充
a criterion without a case that fails it → add one
unknown_case
based_on 写的用例不在前面 → 写前面已有的用例名
based_on names no case further up → name one that stands above
no_period
用例没有评估期 → 在 defaults 中写 period
a case without a period → write it in defaults
reversed_period
评估期的止日早于起日 → 对调 from 与 to
the period ends before it begins → exchange from and to
nothing_expected
expect 里什么也没写 → 写应得的结果
a case expects nothing → write what it must come to
misplaced_expectation
这种结果不用于这种用例 → 单个指标写 outcome、earned 等，整套规则写 score、grade 等
the expectation does not fit the case → outcome is for one criterion, score for the whole
# 适用时间与版本 / Dates in force and versions
reversed_effect
适用时间的止日早于起日 → 对调 from 与 to
the time in force ends before it begins → exchange from and to
late_threshold
最早一档阈值晚于生效日 → 补上生效日起的阈值
the earliest dated threshold is later than the start → add the value from the start
threshold_out_of_force warning
这一档阈值的日期用不上 → 核对日期，或删去
the date of this threshold is never used → check it, or leave it out
overlapping_editions
新旧两版同时有效 → 在旧版写 effective.to
two editions are in force at once → end the old one
reversed_editions
新版的起日不晚于它取代的旧版 → 核对两版的 effective.from
the new edition begins no later than the old one → check both dates
published_changed
已发布的版本，内容在发布后改动过 → 提高 version，或恢复原来的文件
a published version was changed since → raise version, or restore the files
unrecorded_version
现在的版本没有在 versions.yaml 登记 → 用 duibiao rules state 登记
the version is not recorded in versions.yaml → record it with duibiao rules state
versions_out_of_order
版本没有从低到高排列，或有重复 → 重新排列
versions are not from low to high, each once → put them in order
no_state
版本没有任何状态 → 至少写一个状态和日期
a version without a state → state at least one with its day
state_order
状态的先后不对 → 按草案、征求意见、审定、发布、废止的次序写
states out of order → draft, consultation, approved, published, withdrawn
state_date
状态的日期早于上一状态 → 核对日期
a state lies before the one before it → check the day
no_digest
写明已发布，但没有校验码 → 用 duibiao rules publish 发布，不要手写
published without a digest → publish it with duibiao rules publish
idle_digest
没有发布，却写了校验码或指标 → 删去 digest 和 criteria
a digest or criteria without publication → leave them out
"""

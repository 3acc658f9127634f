"""Codes of how single values and keys are written. Pure."""

WRITING = """
# 键、类型、写法 / Keys, types, spelling
extra_forbidden
未知的键 → 照提示改成正确的键，或删去
unknown key → write the key that is meant, or leave it out
glued_key
冒号写成全角，或冒号后没有空格 → 写成英文冒号加一个空格
a full-width colon, or no space behind it → write a colon and a space
missing
缺少必填的键 → 补上
a key is missing → write it
union_tag_invalid
未知的检查种类 kind → 改成已有的种类
unknown kind of check → write one of the kinds
union_tag_not_found
检查没有写 kind → 写明是哪一种检查
a check without kind → say which kind it is
literal_error
取值不在可选的几种之中 → 改成可选的值
the value is none of the choices → write one of them
string_type
应为文字 → 数和是否也要作文字时，加英文引号
must be text → put it in quotes
int_type
应为整数 → 用阿拉伯数字，不加引号
must be a whole number → write it in digits, without quotes
bool_type
应为 true 或 false → 小写，不加引号
must be true or false → in lower case, without quotes
tuple_type
应为列表 → 写成 [甲, 乙]
must be a list → write [a, b]
dict_type
下面应是一行行的“键: 值” → 照样例写
must be a mapping → write it like the examples
model_type
下面应是一行行的“键: 值” → 照样例写
must be a mapping → write it like the examples
model_attributes_type
检查应写成 {kind: …} → 照样例写
a check is written {kind: …} → write it like the examples
string_pattern_mismatch
写法不对（标识、版本号、{n} 等） → 照提示的样子写
not written rightly (identifier, version, {n}) → write it as the message shows
string_too_long
文字太长 → 写短
the text is too long → write it shorter
greater_than_equal
数太小 → 改成允许的数
the number is too small → write one that is allowed
less_than_equal
数太大 → 改成允许的数
the number is too large → write one that is allowed
empty_text
文字为空 → 填写，或删去这一项
the text is empty → write it or leave the key out
long_text
文字超过 2000 字 → 写短
the text is longer than 2000 characters → write it shorter
hidden_character
有看不见、叠在别的字上或打乱次序的字符 → 删去它，或重新录入这段文字
a character that cannot be seen, is drawn over another, or turns the order → delete it, or type the text anew
bad_date
不是日期 → 写成 "2025-03-12"
no date → write it as "2025-03-12"
bad_exact
不是精确数 → 写成 "5%"、"2" 或 "0.5"
no exact number → write "5%", "2" or "0.5"
bad_number
不是可以采用的数 → 填不小于 0 的数，不带单位
no usable number → write a number not below 0, without a unit
bad_share
用例里的数写法不对 → 写成 "0.5"、"50%" 或 "3/4"
no number → write "0.5", "50%" or "3/4"
bad_deadline
不是期限 → 写成 "2013-08-31"，或每年的 "08-31"
no deadline → write "2013-08-31", or "08-31" for that day of the period
# 一项检查的写法 / The form of a check
one_check
check、deduct、best_of、earn 没有写，或写了不止一个 → 只写一个
none or several of check, deduct, best_of, earn → write exactly one
empty_check
检查的列表是空的 → 补上，或删去
no check at all → write one, or leave the key out
one_way_to_credit
阈值、steps、scale 没有写，或写了不止一种 → 只写一种
none or several of threshold, steps, scale → write exactly one
one_quantity
count、events、documents 没有写，或写了不止一个 → 只写一个
none or several of count, events, documents → write exactly one
one_deduction
一条扣分没有写情形，或写了不止一种 → 只写一种
none or several forms of a deduction → write exactly one
step_of_below
step、part_step 没有与 each_below 或 each_above 配齐，或 step 为 0 → 三样一起写
step and part_step go with each_below or each_above → write them together, step above 0
below_at_least
each_below 没有写一个 at_least，或 each_above 没有写一个 at_most → 写一个不分日期的
each_below states one at_least, each_above one at_most → write it, undated
one_earning
一条得分没有写 each 或 when，或两个都写了 → 只写一个
none or both of each and when → write exactly one
cap_of_each
cap 没有配 each，或小于一次的分值 → 核对这个数，或删去
cap goes with each, and is not below the points of one → check it, or leave it out
later_is_worse
迟多久用了 at_least 等，或 scale 方向反了 → 用 at_most、below，或由大到小的 scale
lateness with at_least or a rising scale → write at_most, below, or a scale that falls
lose_all
lose: all 用错了地方 → 只用于 unless，且不写 cap
lose: all in the wrong place → it goes with unless, without cap
one_group_form
all、any、of、each 没有写，或写了不止一个 → 只写一个
none or several of all, any, of, each → write exactly one
each_needs_check
each 与 check 没有一起写 → 一起写
each and check go together → write both
empty_group
组合里一项检查也没有 → 补上成员
a group without members → write its members
of_needs_number
of 与 at_least 没有一起写 → 一起写
of and at_least go together → write both
impossible_number
of 要求的个数多于成员，或不是整数 → 写 1 到成员个数之间的整数
of asks for more members than there are → write a whole number up to their number
two_credits
得分的写法重复（credit、steps、scale） → 只留一种
credit is stated twice → keep one way
no_steps
steps 一档也没有 → 补上，或删去
steps without a step → write one, or leave the key out
bad_step
一档的写法不对 → 每档一个比较条件，写 points 或 credit 之一，credit 不超过 100%
a step is not written rightly → one comparison, and points or credit up to 100%
bad_scale
scale 的两端相同 → 两端写不同的数
the ends of a scale are the same → write two different numbers
bad_levels
评档的档次不对 → 至少两档，不重复，档次越高 credit 不越低
the levels of a rating do not fit → two at least, each once, higher ones earn no less
proportional_needs_at_least
credit: proportional 没有配 at_least → 只配一个 at_least
credit: proportional without at_least → it goes with at_least only
idle_credit
这里的 credit、steps、scale 不起作用 → 删去
credit, steps or scale have no effect here → leave them out
idle_starts
starts 在这里不起作用 → 删去
starts has no effect here → leave it out
idle_by
by 为 0 不起作用 → 删去 by
by 0 has no effect → leave it out
whole_events
每个时段的次数不是不小于 1 的整数 → 写整数
events in a window are a whole number, at least 1 → write one
no_threshold
分日期的阈值一个也没有 → 写上，或不分日期
a dated threshold without a value → write one
repeated_part
contains 里有重复的内容 → 只写一次
a part stands twice in contains → write it once
never_holds
in 为空，条件永远不成立 → 写上属性的值
an empty list never holds → write the values
step_points
这一档的分高于指标分值，或这里只能写 credit → 核对分值，或改写 credit
a step earns more than the criterion, or must state credit here → check the points, or write credit
not_in_unit
单元里查了活动、文件等 → 单元里只查数据项和事项
inside a unit only counts and statements are checked → check those
# 指标与计分的写法 / The form of criteria and scoring
bad_points
分值不是大于 0 的数，或某一种情形的分高于它 → 核对分值
points are no number above 0, or an alternative earns more → check the points
idle_points
分值为 0，又不是一票否决，也不是谁的前提 → 写分值，或删去这项
no points, no veto, and nothing requires it → give it points, or leave it out
percent_of_score
分数写了百分号 → 去掉 %
points with a percent sign → drop the %
absolute_total
absolute 没有写 total 和 not_applicable，或别的模型写了 → 照模型写
absolute states total and not_applicable, the others neither → write what the model needs
no_lowest_grade
没有 at_least 为 "0" 的等级，或不止一个 → 最低一级写 "0"
not exactly one grade has at_least 0 → let the lowest have it
grades_out_of_order
等级没有从高到低排，或有相同、超过 100 的 → 重新排列
grades are not from high to low, or tie, or exceed 100 → put them in order
unknown_grade
pass 或 veto_grade 写的等级不存在 → 写 grades 里有的标识
pass or veto_grade names an unknown grade → name one of the grades
empty_list
列表为空（subject、anchors、duty_of） → 至少写一个
an empty list (subject, anchors, duty_of) → write one at least
long_anchor
anchors 里有超过 20 字的句子 → 摘出其中的几个词，每个不超过 20 字
an anchor of more than 20 characters → write short terms
sentence_in_anchor
anchors 里有句子的标点 → 只写短词，各词用英文逗号分开
an anchor with the punctuation of a sentence → write short terms, parted by commas
repeated_anchor warning
同一个短词写了两次 → 只写一次
an anchor stands twice → write it once
basis_missing
有阈值，没有写是标准的还是我们定的 → 写 basis.threshold
a threshold without its origin → write basis.threshold
basis_of_veto
一票否决没有写依据 → 写 basis.veto
a veto without its origin → write basis.veto
veto_without_source warning
一票否决是我们定的，不是标准写的 → 核对原文；确要保留，写进说明
the veto is ours, not the standard's → check the standard; if it stays, say why
idle_basis warning
写了 basis.veto，却没有一票否决 → 补上 veto: true，或删去
basis.veto without a veto → write veto: true, or leave it out
grade_of_veto
veto_effect: cap 没有写 veto_grade，或别的写了 → 只有 cap 写 veto_grade
veto_effect: cap states veto_grade, nothing else does → write what it needs
idle_veto_effect
不是一票否决，却写了 veto_effect → 补上 veto: true，或删去
veto_effect without a veto → write veto: true, or leave it out
idle_veto_grade
veto_grade 已是最高等级，这项一票否决不起作用 → 写低一些的等级
veto_grade is the best grade: the veto has no effect → name a lower one
veto_on_may
鼓励项写了一票否决 → 改级别，或去掉 veto
what is encouraged cannot be a veto → change one of the two
"""

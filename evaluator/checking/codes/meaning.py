"""Codes of what is written rightly and says what nobody meant. Pure."""

MEANING = """
# 阈值与比例 / Thresholds and ratios
upside_down
分子分母写反了，总数除以部分 → 对调 numerator 与 denominator
a whole over its part → exchange numerator and denominator
same_part_and_whole
分子分母是同一项 → 分母改写总数
a count over itself → name the whole as the denominator
percent_meant
部分占总数的比例写成了大于 1 的数 → 加上 %
a share is compared with a number above 1 → write the %
percent_perhaps warning
比例与不带 % 的数比较 → 核对是不是漏了 %
a ratio is compared with a number without % → check whether it is missing
percent_of_number
数量与百分比比较 → 去掉 %，或改用 ratio
a number is compared with a percentage → drop the %, or use a ratio
never_met
永远达不到 → 核对这个数
can never be met → check the figure
always_met
永远成立 → 核对这个数
always holds → check the figure
fraction_of_whole warning
数的是整数，阈值写了小数 → 写成整数
whole things are compared with a fraction → write a whole number
covered_step
上面的档已经取走，这一档永远轮不到 → 从最难的一档往下写
a step above takes all of this one → write the hardest first
step_earns_more
要求更低的档，得分不比上一档少 → 核对两档的得分
an easier step does not earn less → check the points of both
window_longer_than_period
时段比评估期长 → 改用短一些的时段或 every: period
a window longer than the period → take a shorter one, or every: period
month_outside_period warning
评估期不满一年，不一定有这几个月 → 核对 period.months
the period need not hold these months → check period.months
repeated_month warning
同一个月写了两次 → 只写一次
a month stands twice → write it once
# 适用条件 / Conditions
never_applies
适用条件永远不成立 → 核对条件；任一即可的，用 any
the condition never holds → check it; use any where one is enough
always_applies
适用条件永远成立 → 核对条件，或删去
the condition always holds → check it, or leave it out
condition_is_the_check
适用条件就是检查本身 → 条件改写为什么情况下才有这项要求
the condition is the check itself → say who has this duty at all
# 重复计算 / Counting twice
counted_twice warning
两个指标的检查相同，同一份佐证算了两次 → 合并，或用 applies_when 分开
two criteria with the same check → make one of them, or part them by applies_when
repeated_line warning
两条扣分扣的是同一件事 → 只留一条
two lines take points for the same → keep one
repeated_member warning
组合里有两项相同的检查 → 只留一项
a member of a group stands twice → keep one
# 分值、上限、等级 / Points, caps, grades
points_not_reached warning
最好的一档也不到指标分值，谁也得不到满分 → 核对分值和各档的分
nobody can earn all the points → check the points and those of the steps
loss_above_points warning
扣的分超过指标分值 → 写 lose: all，或核对
more is lost than there is → write lose: all, or check the figure
idle_cap warning
上限高于能达到的数，不起作用 → 核对，或删去
a cap above what can be reached → check it, or leave it out
may_without_bonus warning
有鼓励项，没有写 bonus：得了也不加分 → 写 bonus: {cap: …}
what is encouraged adds nothing without bonus → write bonus: {cap: …}
idle_alternative
best_of 里有一种永远轮不到 → 核对分值和条件，或删去
an alternative of best_of never counts → check points and condition
total_not_reached
各指标的分值合计不到总分 → 核对 total 和各指标的分值
the points add up to less than the total → check both
total_exceeded warning
各指标的分值合计多于总分 → 核对 total 和各指标的分值
the points add up to more than the total → check both
grade_not_reached
全部得满也达不到这个等级 → 核对 total、分值和等级
not even all points reach this grade → check total, points and grade
always_passed warning
pass 是最低的等级，多少分都算达标 → 写达标的那个等级
pass is the lowest grade: any score passes → name the grade that passes
"""

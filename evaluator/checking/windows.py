"""Windows that no period can hold. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checking.walking import Standing
from evaluator.checks.cadence import Cadence
from evaluator.errors import Fault, Words
from evaluator.windows import LENGTH

_NAMES = {
    "month": Words("月", "month"),
    "quarter": Words("季度", "quarter"),
    "half_year": Words("半年", "half-year"),
    "year": Words("年", "year"),
}


def window_faults(one: Standing, months: int) -> Iterator[Fault]:
    """Windows longer than the period of ``months``, and months that it need not hold."""
    check = one.check
    if not isinstance(check, Cadence):
        return
    if LENGTH.get(check.every, 0) > months:
        name = _NAMES[check.every]
        what = Words(
            f"时段是一{name.zh}，评估期只有 {months} 个月，装不下一个完整的时段",
            f"the window is a {name.en}, and the period has only {months} months",
        )
        mend = Words("改用短一些的时段或 every: period", "take a shorter window, or every: period")
        yield Fault("window_longer_than_period", (*one.path, "every"), what, mend)
    elif check.months and months < 12:
        listed = "、".join(str(month) for month in check.months)
        what = Words(
            f"评估期只有 {months} 个月，不一定有 {listed} 月",
            f"a period of {months} months need not hold the months {', '.join(map(str, check.months))}",
        )
        mend = Words("核对 period.months", "check period.months")
        yield Fault("month_outside_period", (*one.path, "months"), what, mend)
    repeated = next((month for month in check.months if check.months.count(month) > 1), None)
    if repeated is not None:
        what = Words(f"{repeated} 月写了两次", f"the month {repeated} stands twice")
        yield Fault("repeated_month", (*one.path, "months"), what, Words("只写一次", "write it once"))

"""In SQL: whether advice of `adviser v` in the case `ehc_case k` is still waited for."""

from portal.cases.waiting import waits

STILL_OUT = f"""(v.returned_on IS NULL AND k.branch = ''
    AND (k.stage NOT IN ('final', 'in_place') OR {waits("reassessing", "k", "v.asked_on")}))"""
"""Until the plan that the advice was for is there."""

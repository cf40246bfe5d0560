-- The 12 months for a review start with the day of the plan, or of the last review, so their last day is the one before (CFA s.44(1)).
UPDATE ehc_case k SET next_deadline = next_deadline - 1 WHERE branch = '' AND EXISTS (
    SELECT FROM case_decision d WHERE d.ehc_case = k.id AND d.struck_at IS NULL
    AND d.kind IN ('final_issued', 'plan_taken_over', 'review_taken_over', 'reassessed_plan_issued', 'plan_kept',
        'changes_proposed', 'ceasing_proposed')
    AND (d.happened_on + interval '12 months')::date = k.next_deadline
    AND extract(day FROM d.happened_on) = extract(day FROM k.next_deadline));

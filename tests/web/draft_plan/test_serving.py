"""The SEND team serves a draft: on the right people, with their own days, and tells the case."""

from datetime import date

import pytest

from db.engine import fetch
from db.tables import Invitation
from portal.drafts.serving import Serving, serve
from portal.errors import RuleBroken
from tests.client import Client, words
from tests.mail import links_in
from tests.people import give_access, person
from tests.web.documents.scene import audited
from tests.web.draft_plan.scene import SERVED, DraftScene, typed_day

pytestmark = pytest.mark.anyio

UNTIL_30_MARCH = typed_day("until", date(2026, 3, 30))


async def decisions() -> list[tuple[str, date, str]]:
    rows = await fetch(
        "SELECT kind, happened_on, note FROM case_decision WHERE kind <> 'decided_to_assess' ORDER BY id"
    )
    return [(row["kind"], row["happened_on"], row["note"]) for row in rows]


async def test_it_is_shown_once_more_and_then_served(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.before_serving([scene.cast.amal], document)
    assert page.heading == "Check before you serve it"
    for fact in ("Priya Khan", "Monday 2 April 2018", "PRI42", "amal@example.com", "Monday 23 March 2026"):
        assert fact in page.main
    assert await audited("staff:draft:served") == 0
    page = await scene.dee.press(page, "Serve the draft")
    assert "The draft plan is served" in page.text
    assert "14 days left" in page.main
    assert "Monday 23 March 2026" in page.main
    assert await audited("staff:draft:served") == 1


async def test_the_case_moves_to_the_draft_on_that_day(scene: DraftScene) -> None:
    await scene.serve([scene.cast.amal], on_paper=date(2026, 3, 6))
    assert await decisions() == [("draft_served", date(2026, 3, 6), "")]
    assert [row["stage"] for row in await fetch("SELECT stage FROM ehc_case ORDER BY id LIMIT 1")] == ["draft"]


async def test_a_decision_that_was_recorded_by_hand_is_not_recorded_again(scene: DraftScene) -> None:
    page = await scene.dee.get(f"/staff/children/{scene.cast.priya.public_id}/timeline/decision")
    on = {"on-day": "9", "on-month": "3", "on-year": "2026"}
    await scene.dee.press(page, "Record", kind="draft_served", **on)
    await scene.serve([scene.cast.amal])
    assert [kind for kind, _, _ in await decisions()] == ["draft_served"]


async def test_each_adult_is_mailed_and_the_link_leads_to_the_draft(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal])
    email = next(one for one in await scene.work() if one.subject == "A draft plan for case PRI42")
    assert email.to == "amal@example.com"
    assert "Priya" not in email.text
    page = await amal.get(links_in(email)[0])
    assert page.heading == "Priya's draft plan"
    assert "14 days left. The last day to comment is Monday 23 March 2026." in page.main
    assert "Section I is left blank so that you can ask for a school." in page.main
    answer = await amal.http.get(page.link("Download the draft"))
    assert answer.content.startswith(b"%PDF")


async def test_an_adult_who_gets_it_later_has_days_of_their_own(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    await scene.pass_time(days=3)
    page = await scene.serve([scene.cast.ben], document)
    assert [cell.text_content() for cell in page.all("//td[@data-label='Last day to comment']")] == [
        "Monday 23 March 2026",
        "Thursday 26 March 2026",
    ]
    assert [on for kind, on, _ in await decisions() if kind == "draft_served"] == [SERVED]
    async with scene.signed_in(scene.cast.ben) as ben:
        answer = await ben.http.get((await ben.get(scene.draft_url)).link("Download the draft"))
        assert answer.content.startswith(b"%PDF"), "serving shows the document to somebody who did not have it"


async def test_an_earlier_draft_that_is_served_last_is_the_one_to_comment_on(scene: DraftScene, amal: Client) -> None:
    first = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.ben], first)
    await scene.serve([scene.cast.amal], await scene.published([scene.cast.amal]), date(2026, 3, 2))
    await scene.comment(amal, "B", "He reads at night.")
    await scene.serve([scene.cast.amal], first)
    page = await amal.get(scene.draft_url)
    assert "The last day to comment is Monday 23 March 2026." in page.main
    assert "We have what you sent." in (await scene.send(amal)).text


async def test_it_is_not_served_twice_on_the_same_adult(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await scene.serve([scene.cast.amal], document)
    page = await scene.serve([scene.cast.amal], document)
    assert page.problems == ["This draft was served on Amal Khan already"]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 3, 10), "The day must be today or in the past"),
        (date(2026, 1, 4), "The day must be on or after the request or decision of Monday 5 January 2026"),
        (date(2026, 3, 1), "The day must be on or after the date of the document, Monday 2 March 2026"),
    ],
)
async def test_the_day_on_paper_must_be_possible(scene: DraftScene, day: date, problem: str) -> None:
    page = await scene.serve([scene.cast.amal], on_paper=day)
    assert (page.status, page.problems) == (422, [problem])
    assert not await fetch("SELECT id FROM draft_plan")


async def test_a_draft_is_never_served_before_the_decision_to_assess(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    await fetch("UPDATE document SET document_date = {}", date(2026, 1, 20))
    page = await scene.serve([scene.cast.amal], document, date(2026, 2, 1))
    assert page.problems[0].startswith("The date must be on or after Monday 2 February 2026. That day: We will carry")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"how": "paper"}, "Enter the day on which they had it on paper"),
        ({"how": "here", **typed_day("served", date(2026, 3, 4))}, "Leave the day empty, or choose"),
        ({"how": ""}, "Choose how it is served"),
    ],
)
async def test_served_here_is_today_and_on_paper_is_a_day_that_is_entered(
    scene: DraftScene, typed: dict[str, str], problem: str
) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_draft_url}/start")
    page = await scene.dee.press(page, "Continue", document=document, recipient=scene.cast.amal.public_id, **typed)
    assert (page.status, len(page.problems)) == (422, 1)
    assert page.problems[0].startswith(problem)


async def test_what_somebody_had_on_paper_says_so_on_both_sides(scene: DraftScene, amal: Client) -> None:
    page = await scene.serve([scene.cast.amal], on_paper=date(2026, 3, 6))
    assert "6 March 2026, on paper" in page.main
    assert "You had it on Friday 6 March 2026." in (await amal.get(scene.draft_url)).main


async def test_no_days_run_for_a_professional(scene: DraftScene) -> None:
    sima = await person("Sima Rao", scene.clock.now)
    await give_access(sima, scene.cast.priya, scene.clock.now, "professional")
    document = await scene.published([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_draft_url}/start")
    assert "Sima Rao" not in page.main
    serving_her = Serving(document, [sima.public_id])
    with pytest.raises(RuleBroken, match="Sima Rao is here as a professional"):
        await serve(scene.cast.dee, await scene.child(), serving_her, today=SERVED, now=scene.clock.now)


async def test_everybody_with_parental_responsibility_who_has_no_draft_is_named(scene: DraftScene) -> None:
    zoe = await person("Zoe Khan", scene.clock.now)
    await give_access(zoe, scene.cast.priya, scene.clock.now, "representative")
    await Invitation(
        public_id="grace",
        child=scene.cast.priya.id,
        email="grace@example.com",
        email_key="grace@example.com",
        adult_name="Grace Khan",
        basis="carer",
        state="declined",
        code_expires_at=scene.clock.now,
        created_at=scene.clock.now,
    ).save()
    page = await scene.serve([scene.cast.amal])
    listed = [words(one) for one in page.all("//h2[.='Not served yet']/following-sibling::ul[1]/li")]
    assert listed == ["Ben Khan, parental responsibility", "Grace Khan, carer, has no access here: send it on paper"]
    page = await scene.dee.get(f"/staff/children/{scene.cast.priya.public_id}/timeline/decision")
    assert "Not served yet: Ben Khan, parental responsibility." in page.main
    page = await scene.serve([scene.cast.ben], await scene.document())
    assert "Ben Khan, parental responsibility" not in page.main


async def test_nothing_is_served_that_was_not_confirmed(scene: DraftScene) -> None:
    document = await scene.published([scene.cast.amal])
    page = await scene.before_serving([scene.cast.amal], document)
    page = await scene.dee.press(
        page, "Serve the draft", recipient=[scene.cast.amal.public_id, scene.cast.ben.public_id]
    )
    assert page.heading == "Check before you serve it"
    assert not await fetch("SELECT id FROM draft_plan")


async def test_a_document_that_is_not_published_cannot_be_chosen(scene: DraftScene) -> None:
    await scene.prepared()
    page = await scene.dee.get(f"{scene.staff_draft_url}/start")
    assert "There is no published document" in page.main


async def test_more_time_is_given_to_one_adult_and_kept_from_the_other(scene: DraftScene, amal: Client) -> None:
    await scene.serve([scene.cast.amal, scene.cast.ben])
    await scene.work()
    page = await scene.give_time(scene.cast.amal, date(2026, 3, 30), "Amal was in hospital.")
    assert "Until 30 March 2026: Amal was in hospital." in page.main
    told = [(one.to, one.subject) for one in await scene.work()]
    assert told == [("amal@example.com", "More time to comment on the draft plan for case PRI42")]
    assert [kind for kind, _, _ in await decisions()] == ["draft_served"]
    assert "Monday 30 March 2026" in (await amal.get(scene.draft_url)).main
    async with scene.signed_in(scene.cast.ben) as ben:
        page = await ben.get(scene.draft_url)
        assert "Monday 23 March 2026" in page.main
        for address in (scene.draft_url, scene.draft_url.removesuffix("/draft-plan")):
            assert "hospital" not in (await ben.get(address)).text


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"until-day": "23"}, "The new last day must be after Monday 23 March 2026, which is the last day now"),
        ({"until-day": "20"}, "The new last day must be after Monday 23 March 2026, which is the last day now"),
        ({"reason": ""}, "Enter the reason"),
    ],
)
async def test_time_is_never_taken_away_nor_given_without_a_reason(
    scene: DraftScene, typed: dict[str, str], problem: str
) -> None:
    await scene.serve([scene.cast.amal])
    page = await scene.dee.get(f"{scene.staff_draft_url}/time/{scene.cast.amal.public_id}")
    page = await scene.dee.press(page, "Give more time", **({"reason": "Illness"} | UNTIL_30_MARCH | typed))
    assert page.problems == [problem]
    assert not await fetch("SELECT id FROM draft_plan_extension")


async def test_the_dashboard_counts_the_days_of_this_adult(scene: DraftScene, amal: Client) -> None:
    dashboard = scene.draft_url.removesuffix("/draft-plan")
    assert "draft plan" not in (await amal.get(dashboard)).one("//*[@id='panel-actions']").text_content()
    await scene.serve([scene.cast.amal])
    page = await amal.get(dashboard)
    assert page.link("Your draft plan: 14 days left to comment") == scene.draft_url
    async with scene.signed_in(scene.cast.ben) as ben:
        assert "to comment" not in (await ben.get(dashboard)).one("//*[@id='panel-actions']").text_content()

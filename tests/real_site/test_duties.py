"""Whose duties the page of duties shows: what the guide says to each role in each situation, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

LEADER = ["leder#indledning", "leder#ansvar"]
PROFESSIONAL = ["sundhedsperson#indledning", "sundhedsperson#ansvar"]
DIGITAL = ["eksempler#udelukkende-digitalt-ansvar"]
BOTH = ["eksempler#kombination-ansvar"]
ACROSS = ["eksempler#tvaersektorielt"]
TWO_PLACES = ["eksempler#to-behandlingssteder-ansvar"]
DOCTOR = ["eksempler#to-behandlingssteder-vurderinger"]
PATIENTS_OWN = ["leder#eget-udstyr", "sundhedsperson#eget-udstyr"]

SHOWN = {
    "rolle=leder&situation=digitalt": [*DIGITAL, *LEADER],
    "rolle=leder&situation=kombination": [*BOTH, *LEADER],
    "rolle=leder&situation=tvaersektorielt": [*ACROSS, *LEADER],
    "rolle=leder&situation=benytter": [*TWO_PLACES, *LEADER],
    "rolle=leder&situation=bidrager": [*TWO_PLACES, *LEADER],
    "rolle=leder&situation=benytter.bidrager": [*TWO_PLACES, *LEADER],
    "rolle=leder&situation=tvaersektorielt.benytter": [*ACROSS, *TWO_PLACES, *LEADER],
    "rolle=leder&situation=ved-ikke": LEADER,
    "rolle=sundhedsperson&situation=digitalt": [*PROFESSIONAL, *DIGITAL],
    "rolle=sundhedsperson&situation=tvaersektorielt": [*PROFESSIONAL, *ACROSS],
    "rolle=sundhedsperson&situation=bidrager": [*PROFESSIONAL, *DOCTOR],
    "rolle=sundhedsperson&situation=kombination.eget-udstyr": [*PROFESSIONAL, *BOTH, *PATIENTS_OWN],
    "rolle=sundhedsperson&situation=ved-ikke": PROFESSIONAL,
    "rolle=leder.sundhedsperson&situation=kombination": [*PROFESSIONAL, *BOTH, *LEADER],
    "rolle=leder.paa-andens-ansvar&situation=digitalt": ["hvem-og-hvor#hvem", *DIGITAL, *LEADER],
}
FORMER = {
    "leder-digitalt.html#rolle=leder&leder-situation=digitalt": [*DIGITAL, *LEADER],
    "leder-benytter.html#rolle=leder&leder-situation=to-steder&leder-to-steder=benytter": [*TWO_PLACES, *LEADER],
    "hjemmesygeplejen.html#rolle=sundhedsperson&sundhedsperson-situation=tvaersektorielt": [
        *PROFESSIONAL,
        *ACROSS,
    ],
    "sundhedsperson-tvivl.html#rolle=sundhedsperson&sundhedsperson-situation=ved-ikke": PROFESSIONAL,
}


@pytest.mark.parametrize(
    ("address", "wanted"),
    [*((f"ansvar.html#{given}", wanted) for given, wanted in SHOWN.items()), *FORMER.items()],
)
def test_the_duties_of_the_chosen_roles_and_situations_are_shown(
    served: str, page: Page, address: str, wanted: list[str]
) -> None:
    page.goto(f"{served}hvilke-pligter-har-jeg/{address}")
    page.wait_for_url("**/ansvar.html#*")
    cites = page.locator(".gt-part blockquote:visible").evaluate_all("all => all.map((quote) => quote.cite)")
    assert [cite.rpartition("/")[2].replace(".html", "") for cite in cites] == wanted
    assert page.locator(".gt-part__when:visible").count() == 0
    words = page.locator(".gt-part:visible").all_inner_texts()
    assert len(words) == len(set(words))

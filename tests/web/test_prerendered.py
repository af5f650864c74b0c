# SPDX-License-Identifier: GPL-2.0-or-later
"""The cards that Python publishes and those that the page's program draws are the same."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from carte_cp3.gis.webmap import cards, prerender, words

from . import specimen

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0Z"/></svg>'
# What only the program can offer is left out of the comparison; markup is read by the browser.
COMPARED = """published => {
  const read = text => [...new DOMParser().parseFromString(`<ul>${text}</ul>`, 'text/html')
    .querySelectorAll('.cp3-card')];
  const plain = card => { card.querySelector('.cp3-locate')?.remove(); return card.outerHTML; };
  const drawn = [...document.querySelectorAll('.cp3-list .cp3-card')];
  return [read(published).map(plain), drawn.map(card => plain(card.cloneNode(true)))];
}"""


def telling_directory() -> dict:
    """The specimen, with values that the two programs could well write differently."""
    data = specimen.directory(30)
    for institution in data["institutions"]:
        institution["icon"] = f"symbols/{institution['code']}.svg"
    data["terms"]["legal_status"] = {"refugie": {"fr": "Réfugié", "ar": "لاجئ"}}
    data["terms"]["document"] = {"passeport": {"fr": "Passeport"}}
    data["services"][2].update(publics=["refugie"], documents=["passeport", "inconnu"])
    first, second, third, fourth = data["sites"][1:5]
    first.update(verified_on="2024-02-29", verified_by="SPÉCIMEN & <fils>")
    second.update(landmark={"ar": "قرب عينة"}, phones=["+212500000000", "0800", "néant"])
    third.update(website="https://www.Example.org/é?a=1&b=2", email="specimen@example.org ")
    fourth.update(name={}, precision="district", commune=None)
    data["sites"][6].update(province=None, commune=None, region="04", precision="street")
    data["sites"][8].update(kind=None, name={"es": "ESPÉCIMEN"})
    return data


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
def test_published_and_drawn_cards_are_the_same(open_page, tmp_path, lang):
    data = telling_directory()
    index = specimen.publish(tmp_path, data)
    (tmp_path / "symbols").mkdir()
    for institution in data["institutions"]:
        (tmp_path / institution["icon"]).write_text(SQUARE, encoding="utf-8")
    page = open_page(f"{index.as_uri()}?l={lang}")
    page.wait_for_function("() => performance.getEntriesByName('cp3:map').length > 0")
    spoken = words.load_words(specimen.BUILT / "labels.json", lang)
    book = cards.Book(data, spoken, datetime.now(timezone.utc).date())
    filled = prerender.placeholders(book)
    published, drawn = page.evaluate(COMPARED, filled["CP3_LIST"])
    assert len(published) == len(drawn) == 30
    for mine, theirs in zip(published, drawn):
        assert mine == theirs
    assert page.inner_html("#cp3-count") == filled["CP3_COUNT"]
    assert page.inner_html("#cp3-credits") == filled["CP3_CREDITS"]

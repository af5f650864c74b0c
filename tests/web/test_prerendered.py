# SPDX-License-Identifier: GPL-2.0-or-later
"""The cards that Python publishes and those that the page's program draws are the same."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from carte_cp3.gis.webmap.page import prerender, words
from carte_cp3.gis.webmap.page.book import Book

from . import specimen, telling
from .conftest import READY

# What only the program can offer is left out of the comparison; markup is read by the browser.
COMPARED = """published => {
  const read = text => [...new DOMParser().parseFromString(`<ul>${text}</ul>`, 'text/html')
    .querySelectorAll('.cp3-card')];
  const plain = card => {
    card.querySelectorAll('button, .cp3-now').forEach(one => one.remove());
    return card.outerHTML;
  };
  const drawn = [...document.querySelectorAll('.cp3-list .cp3-card')];
  return [read(published).map(plain), drawn.map(card => plain(card.cloneNode(true)))];
}"""


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
def test_published_and_drawn_cards_are_the_same(open_page, tmp_path, lang):
    data = telling.directory()
    index = telling.publish(tmp_path)
    page = open_page(f"{index.as_uri()}?l={lang}")
    page.wait_for_function(READY)
    spoken = words.load_words(specimen.BUILT / "labels.json", lang)
    book = Book(data, spoken, datetime.now(timezone.utc).date())
    filled = prerender.placeholders(book)
    published, drawn = page.evaluate(COMPARED, filled["CP3_LIST"])
    assert len(published) == len(drawn) == 30
    for mine, theirs in zip(published, drawn):
        assert mine == theirs
    assert page.inner_html("#cp3-count") == filled["CP3_COUNT"]
    assert page.inner_html("#cp3-credits") == filled["CP3_CREDITS"]

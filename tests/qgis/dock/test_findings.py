# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings in the dock: ignored with a reason, listed apart, reopened."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.store.database import open_store
from carte_cp3.ui import asking

REASON = "La délégation confirme : pas encore de nom arabe."


@pytest.fixture
def reasons(monkeypatch):
    """What is typed when a reason is asked for, the last one first."""
    answers = [REASON]
    monkeypatch.setattr(asking, "asked_text", lambda *_a: answers[-1])
    return answers


def stored(dock, state):
    with open_store(dock.session.location) as store:
        return store.count("finding", state=state)


def show_ignored(control, ignored):
    control.state.setCurrentIndex(control.state.findData(ignored))


def test_an_ignored_finding_leaves_the_list_and_the_counts(opened, control, hands, reasons):
    before = control.filter.rowCount()
    control.choose(1)
    chosen = control.chosen()
    hands.click(control.ignoreButton)
    hands.settle(opened)
    assert control.filter.rowCount() == before - 1
    assert stored(opened, "ignored") == 1
    assert "Ignorés : 1" in control.summary.text()
    assert f"Constats ouverts : {before - 1}" in opened.form.facts.text()
    assert control.tree.row(control.findings.currentIndex()) == 1, "one goes on where one was"
    show_ignored(control, True)
    assert [control.filter.item(0).finding] == chosen
    assert f"Ignoré : {REASON}" in control.reason.text()


def test_it_stays_ignored_when_the_store_is_checked_again(opened, control, hands, reasons):
    control.choose(0)
    hands.click(control.ignoreButton)
    hands.settle(opened)
    count = control.filter.rowCount()
    hands.click(control.checkButton)
    hands.settle(opened)
    assert control.filter.rowCount() == count
    assert stored(opened, "ignored") == 1


def test_an_ignored_finding_is_reopened(opened, control, hands, reasons):
    before = control.filter.rowCount()
    control.choose(0)
    hands.click(control.ignoreButton)
    hands.settle(opened)
    show_ignored(control, True)
    assert control.ignoreButton.isHidden()
    hands.click(control.reopenButton)
    hands.settle(opened)
    assert control.filter.rowCount() == 0
    assert not control.reopenButton.isEnabled()
    show_ignored(control, False)
    assert control.filter.rowCount() == before


def test_several_are_ignored_at_once(opened, control, hands, reasons):
    control.search.setText("artisanat")
    several = control.filter.rowCount()
    assert several > 1
    control.findings.selectAll()
    hands.click(control.ignoreButton)
    hands.settle(opened)
    assert stored(opened, "ignored") == several


@pytest.mark.parametrize("answer", [None, "   "])
def test_without_a_reason_nothing_is_ignored(opened, control, hands, reasons, answer):
    reasons.append(answer)
    control.choose(0)
    hands.click(control.ignoreButton)
    hands.settle(opened)
    assert stored(opened, "ignored") == 0
    said = any("donnez une raison" in text for text in hands.messages(opened))
    assert said == (answer is not None)


def test_the_report_holds_the_open_findings_alone(opened, control, hands, reasons, tmp_path):
    show_ignored(control, False)
    control.choose(0)
    hands.click(control.ignoreButton)
    hands.settle(opened)
    show_ignored(control, True)
    control.save_report(tmp_path / "constats.csv")
    hands.settle(opened)
    lines = (tmp_path / "constats.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + sum(opened.session.overview.findings.values())

# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings answered by what they propose: shown, written as a batch, taken back."""

from datetime import date

import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.domain.fixes import FIXES
from carte_cp3.domain.report import BLOCKING, WARNING, Finding
from carte_cp3.domain.schema import DATA
from carte_cp3.store.checking import check_store
from carte_cp3.store.database import create_store
from carte_cp3.store.findings import keep_finding
from carte_cp3.store.fixing import fix_findings, proposed_fixes
from carte_cp3.store.history import undo_batch

DAY = date(2026, 11, 10)
LARACHE, CASABLANCA = "01.331.01.03", "06.141.01.01"


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        made.insert("site", [
            site("swapped", name_fr="SPÉCIMEN", address_ar="Rue SPÉCIMEN"),
            site("abroad", commune_code=LARACHE, precision="commune", lon=-7.6, lat=33.59),
            site("measured", commune_code=LARACHE, precision="entrance", lon=-7.6, lat=33.59),
            site("phone"),
            site("projected", commune_code=LARACHE, precision="commune", lon=-6.15, lat=35.19),
        ])  # fmt: skip
        yield made


def site(key, **values):
    return {"site_id": key, "institution_code": "EN", "name_fr": f"SPÉCIMEN {key}",
            "status": "draft", **values}  # fmt: skip


def row(store, key):
    return store.rows("site", site_id=key)[0]


def found(store, key, rule):
    result = check_store(store, today=DAY)
    return next(one for one in result.findings if (one.key, one.rule) == (key, rule))


def told(store, rule, key, **details):
    finding = Finding(rule, WARNING, key=key, **details)
    keep_finding(store, finding)
    return finding


def test_every_fix_answers_a_rule_that_has_a_sentence():
    rules = {
        line.split(",")[0] for line in (DATA / "sentences.csv").read_text("utf-8").splitlines()
    }
    assert set(FIXES) <= rules


def test_a_text_in_the_wrong_column_moves_to_its_own(store):
    finding = found(store, "swapped", "latin_in_arabic")
    (fix,) = proposed_fixes(store, [finding])
    assert (fix.sure, fix.name) == (True, "SPÉCIMEN")
    assert fix.before == {"address_fr": None, "address_ar": "Rue SPÉCIMEN"}
    assert fix.after == {"address_fr": "Rue SPÉCIMEN", "address_ar": None}
    fix_findings(store, [finding])
    assert (row(store, "swapped")["address_fr"], row(store, "swapped")["address_ar"]) == (
        "Rue SPÉCIMEN", None)  # fmt: skip
    states = {one["state"] for one in store.rows("finding", rule="latin_in_arabic")}
    assert states == {"fixed"}
    assert "latin_in_arabic" not in {one.rule for one in check_store(store, today=DAY).findings}


def test_a_text_does_not_replace_another(store):
    store.update("site", "swapped", {"address_fr": "Avenue SPÉCIMEN"})
    assert proposed_fixes(store, [found(store, "swapped", "latin_in_arabic")]) == ()


def test_a_published_record_keeps_what_it_must_have(store):
    store.update("site", "swapped", {"name_fr": "نموذج التكوين", "commune_code": CASABLANCA})
    finding = found(store, "swapped", "arabic_in_french")
    assert proposed_fixes(store, [finding])[0].after["name_ar"] == "نموذج التكوين"
    store.update("site", "swapped", {"status": "published"})
    assert proposed_fixes(store, [finding]) == ()


def test_a_derived_position_follows_its_commune_and_a_measured_one_stays(store):
    derived = found(store, "abroad", "position_outside_commune")
    measured = found(store, "measured", "position_outside_commune")
    assert derived.severity == BLOCKING
    assert [fix.finding.key for fix in proposed_fixes(store, [derived, measured])] == ["abroad"]
    fix_findings(store, [derived])
    assert (row(store, "abroad")["lon"], row(store, "abroad")["lat"]) == pytest.approx(
        (-6.15, 35.19), abs=0.05)  # fmt: skip
    assert "position_outside_commune" not in {
        one.rule for one in check_store(store, today=DAY).findings if one.key == "abroad"
    }


def test_an_old_telephone_number_is_written_anew(store):
    finding = told(store, "phone_before_2009", "phone", field="phone", value="022 01 02 03",
                   proposal="+212522010203")  # fmt: skip
    (fix,) = proposed_fixes(store, [finding])
    assert fix.sure and fix.after == {"phone": "+212522010203"}
    store.update("site", "phone", {"phone": "+212522999999"})
    assert proposed_fixes(store, [finding]) == (), "somebody gave another number meanwhile"


def test_a_projected_position_is_sure_inside_its_commune_only(store):
    there = told(store, "coordinates_projected", "projected", field="geom", value="a",
                 proposal="35.190000 ; -6.150000")  # fmt: skip
    far = told(store, "coordinates_projected", "abroad", field="geom", value="b",
               proposal="33.590000 ; -7.600000")  # fmt: skip
    sure = {fix.finding.key: fix.sure for fix in proposed_fixes(store, [there, far])}
    assert sure == {"projected": True, "abroad": False}


def test_a_likely_term_is_proposed_but_not_sure(store):
    finding = told(store, "term_unknown", "phone", field="kind", value="Agense", proposal="agence")
    (fix,) = proposed_fixes(store, [finding])
    assert (fix.sure, fix.after) == (False, {"kind": "agence"})


def test_several_at_once_are_one_batch_that_is_taken_back(store):
    before = store.rows("site")
    findings = [
        found(store, "swapped", "latin_in_arabic"),
        found(store, "abroad", "position_outside_commune"),
        told(store, "phone_before_2009", "phone", field="phone", value="x",
             proposal="+212522010203"),
    ]  # fmt: skip
    batch = fix_findings(store, findings)
    assert store.count("change", batch_id=batch) == 3
    undone = undo_batch(store, batch)
    assert (undone.restored, undone.clashes) == (3, ())
    names = ("address_fr", "address_ar", "lon", "lat", "precision", "phone")
    assert [[one[name] for name in names] for one in store.rows("site")] == [
        [one[name] for name in names] for one in before
    ]


def test_a_correction_made_by_hand_since_stays_when_the_fix_is_taken_back(location):
    with create_store(location) as made:
        made.insert("site", [site("phone")])
        finding = told(made, "phone_before_2009", "phone", field="phone", value="022 01 02 03",
                       proposal="+212522010203")  # fmt: skip
        batch = fix_findings(made, [finding])
        made.update("site", "phone", {"phone": "+212522999999"})
        undone = undo_batch(made, batch)
        assert [(one.key, one.fields) for one in undone.clashes] == [("phone", ("phone",))]
        assert (undone.restored, row(made, "phone")["phone"]) == (0, "+212522999999")


def test_all_or_none(store):
    good = found(store, "swapped", "latin_in_arabic")
    bad = found(store, "measured", "position_outside_commune")
    with pytest.raises(StoreError, match="position_outside_commune"):
        fix_findings(store, [good, bad])
    assert row(store, "swapped")["address_ar"] == "Rue SPÉCIMEN"


def test_a_closed_record_is_left_alone(store):
    finding = found(store, "swapped", "latin_in_arabic")
    store.update("site", "swapped", {"status": "closed"})
    assert proposed_fixes(store, [finding]) == ()

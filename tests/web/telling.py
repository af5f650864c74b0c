# SPDX-License-Identifier: GPL-2.0-or-later
"""The specimen with all that a card can say, also what two programs could write differently."""

from __future__ import annotations

from pathlib import Path

from . import specimen

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0Z"/></svg>'


def publish(folder: Path, count: int = 30) -> Path:
    """Put the page together with its institutions' symbols; give back its `index.html`."""
    index = specimen.publish(folder, directory(count))
    (folder / "symbols").mkdir()
    for code, _, _ in specimen.INSTITUTIONS:
        (folder / "symbols" / f"{code}.svg").write_text(SQUARE, encoding="utf-8")
    return index


def directory(count: int = 30) -> dict:
    """The specimen, with values that the two programs could well write differently."""
    data = specimen.directory(count)
    for institution in data["institutions"]:
        institution["icon"] = f"symbols/{institution['code']}.svg"
    data["terms"]["legal_status"] = {"refugie": {"fr": "Réfugié", "ar": "لاجئ"}}
    data["terms"]["document"] = {"passeport": {"fr": "Passeport"}}
    data["services"][2].update(publics=["refugie"], documents=["passeport", "inconnu"])
    first, second, third, fourth = data["sites"][1:5]
    first.update(verified_on="2024-02-29", verified_by="SPÉCIMEN & <fils>")
    data["sites"][7].update(verified_on="2026-11-10", verify_every_months=3,
                            verification_method="telephone")  # fmt: skip
    tell_conditions(data)
    second.update(landmark={"ar": "قرب عينة"}, phones=["+212500000000", "0800", "néant"])
    third.update(website="https://www.Example.org/é?a=1&b=2", email="specimen@example.org ")
    fourth.update(name={}, precision="district", commune=None)
    data["sites"][6].update(province=None, commune=None, region="04", precision="street")
    data["sites"][8].update(kind=None, name={"es": "ESPÉCIMEN"})
    return data


def tell_conditions(data: dict) -> None:
    """Hours, notices, conditions: all that a card can say."""
    data["terms"].update(
        verification_method={"telephone": {"fr": "Téléphone", "ar": "الهاتف"}},
        gender={"women": {"fr": "Femmes"}},
        cost={"conditional": {"fr": "Sous conditions", "en": "Conditional"}},
        language={"ary": {"fr": "Darija", "ar": "الدارجة"}},
        wheelchair={"limited": {"fr": "Accès partiel"}},
        capacity={"full": {"fr": "Complet"}},
        access_mode={"rendez-vous": {"fr": "Sur rendez-vous"}},
        notice_kind={"closure": {"fr": "Fermeture"}, "message": {"fr": "Message", "ar": "رسالة"}},
    )
    data["programmes"] = [{"code": "SPE", "name": {"fr": "Programme SPÉCIMEN"}}]
    data["institutions"][0]["email"] = "specimen@example.org"
    data["services"][3].update(
        programme="SPE", gender="women", age_min=15, age_max=30, cost="conditional",
        cost_note={"fr": "SPÉCIMEN & <prix>"}, access_modes=["rendez-vous"],
        summary={"fr": "Résumé SPÉCIMEN"}, apply_url="https://example.org/?a=1&b='2'",
    )  # fmt: skip
    data["services"][4].update(age_min=18)
    data["sites"][5].update(
        hours="Mo-Th 08:30-12:00,14:00-18:00; Fr 08:30-11:30; PH off", whatsapp="+212600000000",
        hours_ramadan="Mo-Fr 09:00-15:00", closed_on_holidays="yes", languages=["ary", "xx"],
        wheelchair="limited", women_only="yes", lat=33.987654321, lon=-6.800005,
    )  # fmt: skip
    data["sites"][5]["offers"][3].update(
        hours="Tu,Th 09:00-10:00", capacity="full", next_intake="2027-01-04",
        note={"fr": "Note SPÉCIMEN"},
    )  # fmt: skip
    data["sites"][9].update(hours="24/7", closed_on_holidays="no")
    data["sites"][10].update(hours="sur rendez-vous")
    site = data["sites"][5]["id"]
    data["notices"] = [
        {"id": "a", "key": site, "kind": "closure", "starts_on": "2026-01-01",
         "ends_on": "2099-01-01", "text": {"fr": "Travaux SPÉCIMEN"}},
        {"id": "b", "key": "OFPPT", "kind": "message", "starts_on": "2026-01-01"},
        {"id": "c", "key": site, "kind": "closure", "starts_on": "2020-01-01",
         "ends_on": "2020-01-01"},
        {"id": "d", "key": site, "kind": "special_hours", "starts_on": "2099-01-01",
         "ends_on": "2099-01-01", "hours": "Mo-Fr 10:00-11:00"},
    ]  # fmt: skip

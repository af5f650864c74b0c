# SPDX-License-Identifier: GPL-2.0-or-later
"""Make data/sample/ from a file of gathered public records, in the forms that really arrive.

    python tools/build_samples.py RECORDS.csv [--output data/sample]

One file an institution: a semicolon CSV in Windows-1252, an XLSX with title rows above its
header, an ODS, a UTF-8 CSV with French and Arabic headings; towns by name, several telephones
in a cell, no two files with the same columns. Nothing is added to the records.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import re
import tempfile
from pathlib import Path

import xlsxwriter
from osgeo import gdal

ROOT = Path(__file__).resolve().parents[1]

# heading in the institution's file -> column of the gathered records
OFPPT = {
    "Code EFP": "id", "Établissement": "name_fr", "Type d'établissement": "type",
    "Adresse": "address", "Ville": "commune", "Préfecture / Province": "province",
    "Région": "region", "Latitude": "lat", "Longitude": "lon", "Téléphone": "phone",
    "E-mail": "email", "Site web": "website", "Filières": "services",
    "Observations": "notes", "Source": "source",
}  # fmt: skip
ANAPEC = {
    "N°": "id", "Agence": "name_fr", "Nature": "type", "Région": "region",
    "Province ou préfecture": "province", "Localité": "commune",
    "Adresse complète": "address", "Tél.": "phone", "Courriel": "email",
    "Site internet": "website", "Prestations": "services", "Remarques": "notes",
    "Latitude": "lat", "Longitude": "lon", "Sources": "source",
}  # fmt: skip
ENTRAIDE = {
    "الرمز": "id", "الجهة": "region", "الإقليم أو العمالة": "province", "الجماعة": "commune",
    "Nom de l'établissement": "name_fr", "اسم المؤسسة": "name_ar", "النوع": "type",
    "العنوان": "address", "الهاتف": "phone", "البريد الإلكتروني": "email",
    "Site web": "website", "الخدمات": "services", "ملاحظات": "notes", "المصدر": "source",
    "Latitude": "lat", "Longitude": "lon",
}  # fmt: skip
ARTISANAT = {
    "Référence": "id", "Dénomination": "name_fr", "Catégorie": "type", "Commune": "commune",
    "Province": "province", "Région": "region", "Adresse postale": "address",
    "Contact": "phone", "Mail": "email", "Lien": "website", "Activités": "services",
    "Observation": "notes", "Y": "lat", "X": "lon", "Source": "source",
}  # fmt: skip
PARTNERS = {
    "Organisme": "institution", "Code": "id", "Nom": "name_fr", "Nom (arabe)": "name_ar",
    "Type de structure": "type", "Ville / commune": "commune", "Province": "province",
    "Région": "region", "Adresse": "address", "Téléphones": "phone", "E-mail": "email",
    "Site web": "website", "Services offerts": "services", "Commentaire": "notes",
    "Latitude": "lat", "Longitude": "lon", "Source": "source",
}  # fmt: skip
PROGRAMMES = [
    ["Code", "Programme", "البرنامج", "Partenaires", "Bailleur", "Régions", "Public cible"],
    ["AMUDDU", "Amuddu", "أمودو", "Enabel ; MDCMRE ; ANAPEC ; Entraide Nationale",
     "Coopération belge", "Rabat-Salé-Kénitra ; Casablanca-Settat", ""],
    ["CHEMIN-REUSSITE", "Chemin de la réussite", "طريق النجاح",
     "CARE International Maroc ; ANAPEC (dans le cadre d’Amuddu)", "Enabel",
     "Casablanca-Settat",
     "Employabilité et/ou création d’une activité pour les migrants régularisés : "
     "100 migrants régularisés et 90 participants, la plupart agents de l’ANAPEC"],
]  # fmt: skip
# What an institution offers as a whole, attached to its sites of the kinds that give it: from the
# sources named, second-hand and to be confirmed by the institution (so: never verified).
SHARAKA = "application Sharaka (2017), à confirmer par l’institution"
ACT_12_00 = "loi 12-00, artisanat.gov.ma, à confirmer par l’institution"
HAJEB = "site de la province d’El Hajeb, à confirmer par l’institution"
PAGES = "sites et pages publics de l’OFPPT, à confirmer par l’institution"
RNA = "rna.gov.ma, loi 50-17, à confirmer par l’institution"
TRAINING = "ISTA ; ITA ; CF ; CFP ; CMC ; CQP ; ISTA NTIC ; Institut spécialisé ; Centre mixte"
CATALOGUE = [
    ["Institution", "Service", "Service (arabe)", "Thème", "Types de lieux", "Source"],
    ["ANAPEC", "Accueil et inscription des chercheurs d’emploi",
     "استقبال وتسجيل الباحثين عن الشغل", "Emploi : accueil et inscription",
     "Agence ; Agence universitaire", SHARAKA],
    ["ANAPEC", "Entretien de positionnement et orientation", "مقابلة التموقع والتوجيه",
     "Emploi : orientation", "Agence ; Agence universitaire", SHARAKA],
    ["ANAPEC", "Ateliers de recherche d’emploi (CV, lettre, entretien)",
     "ورشات البحث عن الشغل (السيرة الذاتية، الرسالة، المقابلة)",
     "Emploi : ateliers de recherche d’emploi", "Agence ; Agence universitaire", SHARAKA],
    ["ANAPEC", "Mise en relation avec les offres d’emploi", "الوساطة مع عروض الشغل",
     "Emploi : mise en relation avec les offres", "Agence", SHARAKA],
    ["OFPPT", "Formation diplômante", "تكوين مشهود بدبلوم", "Se former : formation diplômante",
     TRAINING, PAGES],
    ["OFPPT", "Information sur les filières et orientation", "الإعلام حول الشعب والتوجيه",
     "Emploi : orientation", TRAINING, SHARAKA],
    ["EN", "Formation au centre d’éducation et de formation (couture, coiffure, cuisine…)",
     "التكوين بمركز التربية والتكوين (الخياطة، الحلاقة، الطبخ…)",
     "Se former : formation qualifiante", "CEF", HAJEB],
    ["EN", "Hébergement d’élèves", "إيواء التلاميذ", "Social : hébergement d’élèves",
     "Dar Taleb / Dar Taleba", HAJEB],
    ["EN", "Information et accompagnement social", "الإعلام والمواكبة الاجتماعية",
     "Social : accompagnement", "Délégation", SHARAKA],
    ["ART", "Formation par apprentissage aux métiers de l’artisanat",
     "التكوين بالتدرج المهني في حرف الصناعة التقليدية", "Artisanat : formation aux métiers",
     "CFA métiers de l’artisanat", ACT_12_00],
    ["ART", "Inscription au registre national de l’artisanat",
     "التسجيل في السجل الوطني للصناعة التقليدية",
     "Artisanat : registre et carte professionnelle",
     "Chambre d’artisanat ; Chambre d’artisanat (antenne)", RNA],
]  # fmt: skip
TITLE = "Réseau des agences ANAPEC — données publiques rassemblées pour la démonstration"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--output", type=Path, default=ROOT / "data" / "sample")
    arguments = parser.parse_args()
    with arguments.records.open(encoding="utf-8", newline="") as handle:
        records = [tidy(row) for row in csv.DictReader(handle)]
    folder = arguments.output
    folder.mkdir(parents=True, exist_ok=True)
    of = {name: [] for name in ("OFP", "ANA", "ENT", "ART", "PAR")}
    for record in records:
        of.get(record["id"][:3], of["PAR"]).append(record)
    write_csv(folder / "ofppt_etablissements.csv", table(OFPPT, of["OFP"]), "cp1252", ";")
    write_xlsx(folder / "anapec_agences.xlsx", table(ANAPEC, of["ANA"]), "Agences", TITLE)
    write_csv(folder / "entraide_nationale.csv", table(ENTRAIDE, of["ENT"]), "utf-8-sig", ",")
    write_ods(folder / "artisanat_reseau.ods", table(ARTISANAT, of["ART"]), "Réseau")
    write_xlsx(folder / "partenaires.xlsx", table(PARTNERS, of["PAR"]), "Partenaires", "")
    write_csv(folder / "catalogue_services.csv", CATALOGUE, "utf-8-sig", ";")
    write_csv(folder / "programmes.csv", PROGRAMMES, "utf-8", ";")


def tidy(record: dict) -> dict:
    """Drop from the provenance what only says how the page was come by."""
    source = re.sub(
        r",? ?\(?index de recherche[^),;]*(?:\([^)]*\))?[^),;]*\)?", "", record["source"]
    )
    source = source.replace(" (extraits de recherche)", "")
    parts = [source.strip(" ,;"), record["source_date"], licence(record["licence"])]
    return {**record, "source": " ; ".join(part for part in parts if part)}


def licence(text: str) -> str:
    return text if text and not text.startswith("non précisée") else ""


def table(columns: dict, records: list) -> list:
    return [list(columns), *([record[name] for name in columns.values()] for record in records)]


def write_csv(path: Path, rows: list, encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


def write_xlsx(path: Path, rows: list, sheet: str, title: str) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})  # the same bytes each time
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    first = 0
    if title:
        page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        first = 2
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                page.write_string(first + number, column, text, bold if number == 0 else None)
    book.close()


def write_ods(path: Path, rows: list, sheet: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "rows.csv"
        write_csv(source, rows, "utf-8", ",")
        path.unlink(missing_ok=True)
        gdal.UseExceptions()
        opened = gdal.OpenEx(
            str(source), gdal.OF_VECTOR, open_options=["HEADERS=YES", "AUTODETECT_TYPE=NO"]
        )
        gdal.VectorTranslate(str(path), opened, format="ODS", layerName=sheet)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's folder: names put in, what is unused taken out, its policy, its checks, its place."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import pytest
from carte_cp3.domain.errors import PublishError
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis.webmap import finish, inspection, release
from carte_cp3.gis.webmap.lighten import Name, coded, lighten, style_attributes, unlisted
from carte_cp3.gis.webmap.page.data import write_data

HOSTILE = (
    "'); alert(1); ('",
    "\\'); alert(1);//",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "a\nb\u2028c",
    "&#39;); alert(1)//",
)
#: The like of what qgis2web writes, in small.
WRITTEN = """<html><head>
        <link rel="stylesheet" href="css/leaflet.css">
        <link rel="stylesheet" href="css/fontawesome-all.min.css">
        <link rel="stylesheet" href="css/leaflet.photon.css">
</head><body>
        <script src="js/leaflet.js"></script>
        <script src="js/leaflet-hash.js"></script>
        <script src="js/Autolinker.min.js"></script>
        <script src="js/multi-style-layer.js"></script>
        <script>
        var map = L.map('map', {
            zoomControl:false, maxZoom:18, minZoom:4
        });
        var hash = new L.Hash(map);
        var autolinker = new Autolinker({truncate: {length: 30, location: 'smart'}});
        L.geoJson.multiStyle(null);
        map.on("layeradd", function(){ resetLabels([]); });
        var overlaysTree = [
            {label: 'services []<br /><table><tr><td style="text-align: center;"><img \
src="legend/services_1_services00.png" /></td><td>[services 0]</td></tr></table>', layer: 1},
            {label: '<img src="legend/backdrop0_0.png" /> backdrop [0]', layer: 0},]
        label('<div style="font-family: \\'Open Sans\\';">');
        </script></body></html>
"""
NAMES = (
    Name("[services 0]", "ANAPEC", "symbols/ANAPEC.svg"),
    Name("services []", "Lieux d’accueil"),
    Name("backdrop [0]", "Régions"),
)


def test_names_come_in_and_the_unused_goes_out():
    page = lighten(WRITTEN, NAMES)
    assert "R&#233;gions" in page
    assert '<img alt="" width="20" height="20" src="symbols/ANAPEC.svg" /></td><td>ANAPEC' in page
    assert '<img alt="" src="legend/backdrop0_0.png" />' in page
    for unused in ("fontawesome", "photon", "Autolinker", "Hash", "services_1_services00"):
        assert unused not in page
    assert "layeradd" not in page
    for used in ("js/leaflet.js", "css/leaflet.css", "js/multi-style-layer.js", "zoomSnap:0.1"):
        assert used in page


def test_what_the_page_can_translate_is_marked():
    page = lighten(WRITTEN, [Name("[services 0]", "ANAPEC", key=("institution", 'A"><b>'))])
    assert '<td><span data-cp3-institution="A&#34;&#62;&#60;b&#62;">ANAPEC</span></td>' in page


def test_a_layer_that_was_passed_over_is_told():
    assert unlisted(WRITTEN, NAMES) == []
    assert unlisted(WRITTEN, [*NAMES, Name("backdrop [7]", "Perdue")]) == ["Perdue"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_harmless_in_a_script_and_in_html(text):
    written = coded(text)
    assert re.fullmatch(r"[A-Za-z0-9 .,()&#;-]*", written)
    assert html.unescape(written) == " ".join(text.split())
    page = lighten(WRITTEN, [Name("backdrop [0]", text)])
    assert page.count("</script>") == lighten(WRITTEN, []).count("</script>")


def test_styles_in_scripts_are_read_as_the_browser_will_see_them():
    assert style_attributes(WRITTEN) == ["font-family: 'Open Sans';", "text-align: center;"]


def digest(text: str) -> str:
    raw = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def test_the_policy_lets_in_the_pages_own_files_and_inline_code_by_its_hash():
    policy = finish.content_policy(lighten(WRITTEN, NAMES))
    [script] = re.findall(r"<script>(.*?)</script>", lighten(WRITTEN, NAMES), flags=re.DOTALL)
    parts = {part.split(" ")[0]: part.split(" ")[1:] for part in policy.split("; ")}
    assert parts["default-src"] == ["'self'"]
    assert parts["script-src"] == ["'self'", digest(script)]
    assert digest("text-align: center;") in parts["style-src"]
    assert "unsafe-inline" not in policy
    assert "http" not in policy
    assert "https://tile.example.org" in finish.content_policy("", ["tile.example.org"])


def test_what_is_put_in_is_never_read_again(tmp_path):
    index = tmp_path / finish.INDEX
    index.write_text("<p>@CP3_TITLE@</p><p>@CP3_COUNT@</p><p>@CP3_CSP@</p>", encoding="utf-8")
    finish.fill(tmp_path, {"CP3_TITLE": "@CP3_COUNT@", "CP3_COUNT": "3"})
    assert index.read_text(encoding="utf-8").startswith(
        "<p>&#64;CP3_COUNT&#64;</p><p>3</p><p>default-src"
    )


def test_the_builtin_page_has_its_own_map_and_no_other_placeholder(tmp_path):
    finish.write_builtin_page(tmp_path)
    page = (tmp_path / finish.INDEX).read_text(encoding="utf-8")
    assert 'src="assets/leaflet.js"' in page
    assert 'src="data/backdrop.js"' in page
    assert {name for name in re.findall(r"@([A-Z0-9_]+)@", page) if "CP3_" not in name} == set()
    assert "@CP3_TITLE@" in page


def test_the_template_is_ascii_so_that_no_encoding_can_hurt_it():
    assert finish.template().isascii()


@pytest.fixture
def folder(tmp_path):
    """A small folder that is fit to be published."""
    made = tmp_path / "made"
    (made / "css" / "images").mkdir(parents=True)
    (made / "js").mkdir()
    (made / "symbols").mkdir()
    (made / "assets").mkdir()
    icon = "symbols/ANAPEC.svg"
    write_data(made, {"sites": [{"id": "1"}], "institutions": [{"code": "A", "icon": icon}]})
    (made / "css" / "page.css").write_text("a{background:url(images/dot.png?v=1)}")
    (made / "css" / "images" / "dot.png").write_bytes(b"dot")
    (made / "js" / "map.js").write_text("map()\n//# sourceMappingURL=map.js.map\n")
    (made / "symbols" / "ANAPEC.svg").write_text("<svg/>")
    (made / "assets" / "LICENSES.txt").write_text("MIT")
    (made / finish.INDEX).write_text(
        '<link rel="stylesheet" href="css/page.css"><script src="data/cp3.js"></script>'
        '<script src="js/map.js"></script><a href="https://example.org">x</a>'
        '<a href="?i=A">A</a><a href="tel:+212">t</a><a href="assets/LICENSES.txt">l</a>'
    )
    return made


def test_pruning_keeps_what_is_named_and_nothing_else(folder):
    (folder / "js" / "unused.js").write_text("no()")
    (folder / "webfonts").mkdir()
    (folder / "webfonts" / "font.ttf").write_bytes(b"font")
    before = {one for one in folder.rglob("*") if one.is_file()}
    finish.prune(folder)
    gone = before - {one for one in folder.rglob("*") if one.is_file()}
    assert {one.name for one in gone} == {"unused.js", "font.ttf"}
    assert not (folder / "webfonts").exists()
    assert "sourceMappingURL" not in (folder / "js" / "map.js").read_text()


EXPECTED = inspection.Expected(load_schema(), 1)


def test_a_good_folder_passes(folder):
    inspection.inspect(folder, EXPECTED)


def add(folder, name, text):
    path = folder / name
    path.write_text((path.read_text() if path.is_file() else "") + text)


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("index.html", '<img src="https://example.org/a.png">', "asks https://example.org"),
        ("index.html", '<script src="//cdn.example.org/a.js"></script>', "cdn.example.org"),
        ("index.html", '<a href="javascript:alert(1)">x</a>', "javascript:"),
        ("index.html", "<script>get('https://example.org/x')</script>", "names https://"),
        ("index.html", '<img src="legend/lost.png">', "legend/lost.png, which is not"),
        ("index.html", "@CP3_TITLE@", "@CP3_TITLE@"),
        ("css/page.css", "b{background:url(https://example.org/b.png)}", "page.css asks"),
        ("css/page.css", "@import 'lost.css';", "lost.css, which is not"),
        ("data/layer_1.js", 'var json_layer_1 = {"features":[{"note_internal":1}]}', "internal"),
        ("data/layer_1.js", 'var json_layer_1 = {"a":[[{"external_id":""}]]};', "external_id"),
    ],
)
def test_an_unfit_folder_is_refused(folder, name, text, words):
    add(folder, name, text)
    with pytest.raises(PublishError, match=re.escape(words)):
        inspection.inspect(folder, EXPECTED)


def test_a_folder_with_another_count_is_refused(folder):
    with pytest.raises(PublishError, match="has 1 sites, the store 2"):
        inspection.inspect(folder, inspection.Expected(load_schema(), 2))


def test_tiles_that_are_offered_may_be_named(folder):
    script = "<script>L.tileLayer('https://tile.example.org/{z}/{x}/{y}.png')</script>"
    add(folder, "index.html", script)
    inspection.inspect(folder, inspection.Expected(load_schema(), 1, ("tile.example.org",)))


def make(folder, text):
    (folder / "data").mkdir(parents=True)
    (folder / release.SIGN).write_text(json.dumps({"said": text}))
    return folder


def said(folder):
    return json.loads((folder / release.SIGN).read_text())["said"]


def put(output, number):
    with (
        release.workshop(output) as scratch,
        release.in_place(make(scratch / "page", number), output, f"2026{number:04d}"),
    ):
        pass


def test_three_publications_are_kept(tmp_path):
    output = tmp_path / "web"
    for number in range(6):
        put(output, number)
    assert said(output) == 5
    assert [said(one) for one in release.kept_releases(output)] == [2, 3, 4]
    assert {one.name for one in tmp_path.iterdir()} == {"web", "web.releases"}


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_failure_puts_everything_back(tmp_path, before):
    output = tmp_path / "web"
    for number in range(before):
        put(output, number)
    kept = sorted(one.relative_to(tmp_path) for one in tmp_path.rglob("*"))
    with (
        pytest.raises(ZeroDivisionError),
        release.workshop(output) as scratch,
        release.in_place(make(scratch / "page", 9), output, "2026999"),
    ):
        raise ZeroDivisionError
    assert sorted(one.relative_to(tmp_path) for one in tmp_path.rglob("*")) == kept
    if before:
        assert said(output) == before - 1


def test_a_published_folder_can_be_read_by_others(tmp_path):
    """A scratch folder is private; the page in it must not be."""
    put(tmp_path / "web", 1)
    assert (tmp_path / "web").stat().st_mode & 0o055 == 0o055


@pytest.mark.parametrize("name", ["letter.txt", "data/other.json"])
def test_a_folder_of_other_things_is_left_alone(tmp_path, name):
    output = tmp_path / "Documents"
    (output / name).parent.mkdir(parents=True)
    (output / name).write_text("precious")
    with pytest.raises(PublishError, match="left untouched"):
        put(output, 1)
    assert (output / name).read_text() == "precious"
    assert [one.name for one in tmp_path.iterdir()] == ["Documents"]


def test_an_empty_folder_is_no_publication(tmp_path):
    (tmp_path / "web").mkdir()
    put(tmp_path / "web", 1)
    assert said(tmp_path / "web") == 1
    assert release.kept_releases(tmp_path / "web") == []


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "web").write_text("a file")
    with pytest.raises(PublishError, match="Choose an empty folder"):
        put(tmp_path / "web", 1)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="could not be written to"):
        put(tmp_path / "file" / "web", 1)


def test_the_checksum_sees_names_and_contents(tmp_path):
    make(tmp_path / "a", 1)
    make(tmp_path / "b", 1)
    assert release.checksum(tmp_path / "a") == release.checksum(tmp_path / "b")
    (tmp_path / "b" / "more").write_text("")
    assert release.checksum(tmp_path / "a") != release.checksum(tmp_path / "b")

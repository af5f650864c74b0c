# SPDX-License-Identifier: GPL-2.0-or-later
import pytest
from carte_cp3.domain.coordinates import NoPosition, position, position_in


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("33.57, -7.58", -7.58, 33.57),
        ("33,57 ; -7,58", -7.58, 33.57),
        ("33.57,-7.58", -7.58, 33.57),
        ("33.57 -7.58", -7.58, 33.57),
        ("٣٣٫٥٧ ; -٧٫٥٨", -7.58, 33.57),
        ("33°34'12\"N 7°34'48\"W", -7.58, 33.57),
        ("7°34'48\"O, 33°34'12\"N", -7.58, 33.57),
        ("N 33° 34.2' O 7° 34.8'", -7.58, 33.57),
    ],
)
def test_positions_in_one_cell(text, lon, lat):
    assert position_in(text) == pytest.approx((lon, lat))


def test_positions_in_two_cells():
    assert position("33,96", "-6,87") == (-6.87, 33.96)
    assert position("33°57'36\"N", "6°52'12\"W") == pytest.approx((-6.87, 33.96))


@pytest.mark.parametrize(
    ("lat", "lon", "rule", "proposal", "meant"),
    [
        ("-6.87", "33.96", "coordinates_unreadable", "33.96 ; -6.87", "swapped"),
        ("33.96", "6.87", "coordinates_unreadable", "33.96 ; -6.87", "sign"),
        ("48.8", "2.3", "position_outside_country", "", ""),
        ("néant", "2", "coordinates_unreadable", "", ""),
        ("33°75'N", "7°W", "coordinates_unreadable", "", ""),
        ("3970000", "-845000", "coordinates_projected", "33.560953 ; -7.590764", "EPSG:3857"),
    ],
)
def test_what_is_not_read_is_proposed_or_said(lat, lon, rule, proposal, meant):
    pytest.importorskip("pyproj")
    with pytest.raises(NoPosition) as caught:
        position(lat, lon)
    assert (caught.value.rule, caught.value.proposal, caught.value.meant) == (rule, proposal, meant)


@pytest.mark.parametrize(
    ("zone", "lon", "lat"),
    [
        ("EPSG:26191", -7.6, 33.5),
        ("EPSG:26192", -9.6, 30.4),
        ("EPSG:26194", -13.2, 27.1),
        ("EPSG:26195", -15.9, 23.7),
    ],
)
def test_a_lambert_zone_is_told_by_the_town(zone, lon, lat):
    pyproj = pytest.importorskip("pyproj")
    x, y = pyproj.Transformer.from_crs("EPSG:4326", zone, always_xy=True).transform(lon, lat)
    with pytest.raises(NoPosition) as alone:
        position(f"{y:.0f}", f"{x:.0f}")
    assert zone in alone.value.meant
    with pytest.raises(NoPosition) as told:
        position(f"{y:.0f}", f"{x:.0f}", near=(lon + 0.1, lat - 0.1))
    assert told.value.meant == zone
    north, east = (float(part) for part in told.value.proposal.split(" ; "))
    assert (east, north) == pytest.approx((lon, lat), abs=0.004)


@pytest.mark.parametrize(
    "text",
    [
        "34.21°N, 4.01°W",
        "34.21°N 4.01°W",
        "34,21° N ; 4,01° O",
        "34.21 N, 4.01 W",
        "N 34.21° W 4.01°",
        "4.01°W 34.21°N",
        "(34.21, -4.01)",
        "٣٤٫٢١ ، -٤٫٠١",
    ],
)
def test_decimal_degrees_with_letters_signs_and_brackets(text):
    assert position_in(text) == pytest.approx((-4.01, 34.21))


def test_decimal_degrees_in_two_cells():
    assert position("34.21°N", "4.01°W") == pytest.approx((-4.01, 34.21))
    assert position("34.21 N", "4,01 O") == pytest.approx((-4.01, 34.21))


def test_a_map_s_address_is_proposed_and_its_pin_preferred():
    with pytest.raises(NoPosition) as caught:
        position_in("https://example.org/maps/@34.2,-4.0,17z/data=!3d34.21!4d-4.01")
    assert caught.value.proposal == "34.21 ; -4.01"

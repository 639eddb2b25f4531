import csv
import hashlib
from pathlib import Path

import pytest

from data import hubble_1929, nebulae_j2000

CSV = Path(nebulae_j2000.__file__).with_suffix(".csv")
HUBBLE = Path(hubble_1929.__file__).with_suffix(".csv")
README = CSV.with_name("README.md")


def rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8")))


def test_the_lists_are_the_table():
    table = rows(CSV)
    assert nebulae_j2000.ra == [float(row["ra_deg"]) for row in table]
    assert nebulae_j2000.dec == [float(row["dec_deg"]) for row in table]


def test_the_nebulae_are_those_of_1929_in_their_order():
    names = [row["object"] for row in rows(CSV)]
    assert names == [row["object"] for row in rows(HUBBLE)]
    assert len(names) == 24


def test_the_file_is_the_one_that_the_readme_describes():
    found = hashlib.sha256(CSV.read_bytes()).hexdigest()
    assert f"`{found}`" in README.read_text("utf-8")


def test_places_are_angles_on_the_sky():
    assert all(0 <= ra < 360 for ra in nebulae_j2000.ra)
    assert all(-90 <= dec <= 90 for dec in nebulae_j2000.dec)


@pytest.mark.parametrize(
    ("name", "hours", "minutes", "degrees"),
    [
        # from any atlas, to a minute of right ascension and half a degree
        ("NGC 224", 0, 42.7, 41.3),  # M31
        ("NGC 598", 1, 33.9, 30.7),  # M33
        ("NGC 4486", 12, 30.8, 12.4),  # M87
        ("NGC 5457", 14, 3.2, 54.3),  # M101
        ("NGC 3031", 9, 55.6, 69.1),  # M81
        ("L. Mag.", 5, 23.6, -69.8),
        ("S. Mag.", 0, 52.7, -72.8),
    ],
)
def test_well_known_nebulae_are_where_an_atlas_has_them(
    name, hours, minutes, degrees
):
    (row,) = [row for row in rows(CSV) if row["object"] == name]
    ra = 15 * (hours + minutes / 60)
    assert float(row["ra_deg"]) == pytest.approx(ra, abs=0.25)
    assert float(row["dec_deg"]) == pytest.approx(degrees, abs=0.5)

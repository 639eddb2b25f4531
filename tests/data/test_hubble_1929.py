import csv
from pathlib import Path

from data import hubble_1929

CSV = Path(hubble_1929.__file__).with_suffix(".csv")


def test_the_lists_are_the_table():
    rows = list(csv.DictReader(CSV.open(encoding="utf-8")))
    assert hubble_1929.x == [float(row["distance_mpc"]) for row in rows]
    assert hubble_1929.y == [float(row["velocity_km_s"]) for row in rows]
    assert len(rows) == 24

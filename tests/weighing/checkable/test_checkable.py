"""Scenes of a catalogue on disk that cover a place and a day; every catalogue here is invented and written by the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from onrecord.domain.passages import Act, Time, TimeKind
from onrecord.domain.relations import Said
from onrecord.domain.spans import Span
from onrecord.domain.utterances import Rendering
from onrecord.errors import SettingsError
from onrecord.language.places import places
from onrecord.weighing.checkable import Coverage, Scene, scenes, wanted, words
from onrecord.weighing.checkable import catalogue as catalogues

needs_pystac = pytest.mark.skipif(find_spec("pystac") is None, reason="a catalogue needs the extra onrecord[stac]")

FIRST = datetime(2031, 2, 12, tzinfo=UTC)
LAST = datetime(2031, 2, 18, tzinfo=UTC)
KORTACH = (31.5, 52.5)
Item = dict[str, Any]


def item(
    name: str, taken: str | None = "2031-02-13T10:20:00Z", west: float = 31.0, south: float = 52.0, **more: Any
) -> Item:
    east, north = west + 1, south + 1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    made: Item = {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": name,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "bbox": [west, south, east, north],
        "properties": {"datetime": taken, "eo:cloud_cover": 4},
        "links": [],
        "assets": {},
    }
    for key, value in more.items():
        if key in made:
            made[key] = value
        else:
            made["properties"][key] = value
    return made


def catalog(*links: tuple[str, str]) -> Item:
    return {
        "type": "Catalog",
        "stac_version": "1.0.0",
        "id": "lantern",
        "description": "invented",
        "links": [{"rel": rel, "href": href} for rel, href in links],
    }


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Mapping[str, object]], Path]:
    def write(files: Mapping[str, object]) -> Path:
        folder = tmp_path / "catalogue"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return folder

    return write


def found(folder: Path) -> list[str]:
    return [one.id for one in scenes(folder, *KORTACH, FIRST, LAST).scenes]


@needs_pystac
def test_scenes_are_found_through_children_and_told_in_words(written: Callable[[Mapping[str, object]], Path]) -> None:
    cloudy = item("c", "2031-02-17T10:20:00Z", **{"eo:cloud_cover": 60})
    folder = written(
        {
            "catalog.json": catalog(("child", "./2031/catalog.json"), ("item", "a.json"), ("self", "catalog.json")),
            "a.json": item("a", "2031-02-12T10:20:00Z"),
            "2031/catalog.json": catalog(("item", "b%20b.json"), ("item", "c/c.json"), ("root", "../catalog.json")),
            "2031/b b.json": item("b"),
            "2031/c/c.json": cloudy,
        }
    )
    coverage = scenes(folder, *KORTACH, FIRST, LAST)
    assert [(one.id, one.path) for one in coverage.scenes] == [
        ("a", "a.json"),
        ("b", "2031/b b.json"),
        ("c", "2031/c/c.json"),
    ]
    assert words(coverage) == "3 scenes, 12 to 17 February 2031, cloud 4 to 60 %, not inspected"


@needs_pystac
@pytest.mark.parametrize(
    ("one", "covers"),
    [
        (item("before", "2031-02-11T23:59:59Z"), False),
        (item("first", "2031-02-12T00:00:00Z"), True),
        (item("after", "2031-02-18T00:00:00Z"), False),
        (item("zone", "2031-02-11T23:30:00-03:00"), True),
        (item("range", None, start_datetime="2031-02-01T00:00:00Z", end_datetime="2031-02-12T06:00:00Z"), True),
        (item("too early", None, start_datetime="2031-02-01T00:00:00Z", end_datetime="2031-02-12T00:00:00Z"), False),
        (item("east", west=32.0), False),
        (item("north", south=53.0), False),
        (item("no outline", geometry=None), True),
        # A box that has the place, and an outline that does not.
        (
            item("triangle", geometry={"type": "Polygon", "coordinates": [[[31, 52], [32, 52], [31, 52.9], [31, 52]]]}),
            False,
        ),
        (
            item(
                "hole",
                geometry={
                    "type": "Polygon",
                    "coordinates": [
                        [[31, 52], [32, 52], [32, 53], [31, 53], [31, 52]],
                        [[31.4, 52.4], [31.6, 52.4], [31.6, 52.6], [31.4, 52.6], [31.4, 52.4]],
                    ],
                },
            ),
            False,
        ),
        (
            item(
                "two parts",
                geometry={
                    "type": "MultiPolygon",
                    "coordinates": [
                        [[[31, 52], [31.1, 52], [31.1, 52.1], [31, 52]]],
                        [[[31.4, 52.4], [31.6, 52.4], [31.6, 52.6], [31.4, 52.6], [31.4, 52.4]]],
                    ],
                },
            ),
            True,
        ),
        (item("heights", bbox=[31, 52, 0, 32, 53, 900]), True),
    ],
)
def test_a_scene_must_cover_place_and_time(
    one: Item, covers: bool, written: Callable[[Mapping[str, object]], Path]
) -> None:
    folder = written({"catalog.json": catalog(("item", "one.json")), "one.json": one})
    assert bool(found(folder)) is covers


def test_a_box_over_the_antimeridian() -> None:
    scene = Scene("a", FIRST, FIRST, (179.0, -20.0, -179.0, -10.0))
    assert (scene.covers(179.5, -15), scene.covers(-179.5, -15), scene.covers(0, -15)) == (True, True, False)


@needs_pystac
@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("https://lantern.example/one.json", "1 linked outside the folder"),
        ("//lantern.example/one.json", "1 linked outside the folder"),
        ("file:///etc/hostname", "1 linked outside the folder"),
        ("/etc/hostname", "1 linked outside the folder"),
        ("../secret.json", "1 linked outside the folder"),
        ("..%2Fsecret.json", "1 linked outside the folder"),
        ("..\\secret.json", "1 linked outside the folder"),
        ("linked.json", "1 linked outside the folder"),
        ("nowhere.json", "1 not there"),
        ("http://[broken", "1 not there"),
        ("a\u0000b.json", "1 not there"),
        ("x" * 5000, "1 not there"),
        (".", "1 not there"),
        ("list.json", "1 not to be read"),
        ("deep.json", "1 not to be read"),
        ("not.json", "1 not to be read"),
        ("damaged.json", "1 damaged"),
        ("endless.json", "1 damaged"),
        ("loop.json", None),
    ],
)
def test_hostile_links_are_not_followed_and_are_told(
    href: str, why: str | None, written: Callable[[Mapping[str, object]], Path]
) -> None:
    folder = written(
        {
            "catalog.json": catalog(("item", "one.json"), ("item", href)),
            "one.json": item("one"),
            "../secret.json": item("secret"),
            "list.json": [],
            "deep.json": "[" * 100_000,
            "not.json": "{",
            "damaged.json": {"type": "Feature", "stac_version": "1.0.0", "id": "x", "bbox": ["a"] * 4},
            "endless.json": item("endless", bbox=[float("nan"), 0, 1, 1]),
            "loop.json": catalog(("child", "loop.json"), ("child", "catalog.json")),
        }
    )
    (folder / "linked.json").symlink_to("../secret.json")
    coverage = scenes(folder, *KORTACH, FIRST, LAST)
    assert [one.id for one in coverage.scenes] == ["one"]
    assert coverage.left_out == (() if why is None else (why,))


@needs_pystac
def test_size_and_number_are_limited(
    written: Callable[[Mapping[str, object]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, object] = {f"{at}.json": item(str(at)) for at in range(9)}
    folder = written({"catalog.json": catalog(*(("item", name) for name in files)), **files})
    monkeypatch.setattr(catalogues, "MOST_FILES", 6)
    assert len(found(folder)) == 5
    assert scenes(folder, *KORTACH, FIRST, LAST).left_out == ("4 beyond the limit of files",)
    monkeypatch.setattr(catalogues, "MOST_FILES", 20_000)
    monkeypatch.setattr(catalogues, "LONGEST_FILE", 700)
    large = written({"0.json": item("0", description="x" * 700)})
    assert scenes(large, *KORTACH, FIRST, LAST).left_out == ("1 too large",)


def test_without_a_catalogue_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no catalog\.json"):
        scenes(tmp_path, *KORTACH, FIRST, LAST)


@pytest.mark.parametrize(
    ("lon", "lat", "start", "end"),
    [
        (181, 0, FIRST, LAST),
        (0, 91, FIRST, LAST),
        (float("nan"), 0, FIRST, LAST),
        (0, 0, LAST, FIRST),
        (0, 0, FIRST, FIRST),
    ],
)
def test_no_place_and_no_interval(lon: float, lat: float, start: datetime, end: datetime, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no place on the earth|no interval"):
        scenes(tmp_path, lon, lat, start, end)


def scene(day: int, cloud: float | None = None, month: int = 2) -> Scene:
    taken = datetime(2031, month, day, 10, tzinfo=UTC)
    return Scene(f"{month}-{day}", taken, taken, (0, 0, 1, 1), cloud=cloud)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Coverage(()), "no scene in the catalogue"),
        (Coverage((), ("2 damaged",)), "no scene in the catalogue (2 damaged)"),
        (Coverage((scene(12, 4),)), "1 scene, 12 February 2031, cloud 4 %, not inspected"),
        (Coverage((scene(12), scene(13))), "2 scenes, 12 to 13 February 2031, cloud not stated, not inspected"),
        (
            Coverage((scene(12, 4), scene(3, month=3))),
            "2 scenes, 12 February to 3 March 2031, cloud 4 % (1 not stated), not inspected",
        ),
    ],
)
def test_words(given: Coverage, told: str) -> None:
    assert words(given) == told


TABLE = "# invented\nKortach\t52.5\t31.5\n\nDolny Vesk\t51\t30\nVesk\t40\t20\n"


def test_what_a_scene_could_show_has_a_place_and_a_day() -> None:
    day = Time(
        Span(0, 1), TimeKind.DATE, "2031-03-08", datetime(2031, 3, 8, tzinfo=UTC), datetime(2031, 3, 9, tzinfo=UTC)
    )
    length = Time(Span(0, 1), TimeKind.DURATION, "P3D")

    def said(text: str, *times: Time) -> Said:
        one = Rendering(f"p:{text}", "s", "r", Span(0, len(text)), text, Act.CLAIM, times=times)
        return Said("u", one, (one, one))

    known = places(TABLE, "places.tsv")
    (only,) = wanted(said("guns stand at Kortach’s airfield and in Dolny Veskograd", day, length), known)
    assert (only.place.name, only.end - only.start) == ("Kortach", timedelta(days=1))
    assert [one.place.name for one in wanted(said("shells fell on Dolny Vesk", day), known)] == ["Dolny Vesk"]
    assert list(wanted(said("guns stand at Kortach"), known)) == []
    assert list(wanted(said("guns stand at Zelvin", day), known)) == []

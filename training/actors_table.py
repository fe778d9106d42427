"""Makes the table of actors of `onrecord.linking.actors`, from corpora/entities and from what is written by hand.

python -m training.actors_table --corpora DIR

Reads persons.txt, bodies.txt and outlets.txt beside the table first: what they say stands before any source. Sources
and their licences are in the table's SOURCES.md. Writes

- actors.jsonl.gz, a row per actor: id, name, other names, offices (title, of, start, end), Wikidata id, whether news
  calls the person by the surname alone;
- keys.txt.gz, by what actors are looked up: "n" a folded name, "s" a sounded full name, "l" a surname, "t" the same
  sounded, "f" a form of a state's name that stands before a noun ("russian"), each with the numbers of its rows;
- offices.txt.gz: title, whose it is, number of the row, start and end.

One module in spite of its length: each source is a function that adds to the same rows, and no other module needs one.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from onrecord.linking.actors.spelling import folded, sounded

TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "linking" / "actors" / "table"
SINCE = "1990-01-01"
"""Offices that ended before are left out, unless written by hand."""

# Capitals that are first of all something else in a report of English news.
NO_SEATS = frozenset(
    """victoria georgetown kingston stanley sofia paris jamestown hamilton plymouth douglas washington dc valletta
    santiago san jose panama city guatemala city kuwait city luxembourg singapore monaco djibouti majuro avarua brussels
    alofi nassau road town basse terre fort de france saint denis the valley adamstown male rome lima apia nuuk port
    louis papeete""".split()
)
# Forms before a noun where the factbook's adjective is not what news says, or is another state's too.
ADJECTIVES = {
    "ae": "uae, emirati",
    "ba": "bosnian",
    "by": "belarusian, belarussian",
    "cd": "congolese, dr congo",
    "cg": "congo brazzaville",
    "gb": "uk, british, britain, united kingdom",
    "gr": "greek",
    "hk": "hong kong",
    "kp": "north korean, dprk",
    "kr": "south korean",
    "mm": "burmese, myanmar",
    "nz": "new zealand",
    "ph": "philippine, filipino",
    "ps": "palestinian",
    "sa": "saudi, saudi arabian",
    "tw": "taiwanese",
    "us": "us, american, america, united states",
    "va": "vatican",
    "xk": "kosovar, kosovan",
}
CHOSEN = frozenset({"senator", "representative", "president", "vice president"})
"""Offices by whose first days persons of one name are told apart."""
FAMILY_FIRST = frozenset({"state:cn", "state:kp", "state:kr", "state:tw", "state:vn"})
"""States whose people are named family name first."""
_FORMAL = re.compile(r"(?:The )?(?:\w+ ){0,2}(?:Republic|Kingdom|Federation|State|Emirates|Union)\b")
_ODD = re.compile(r"[,()\d]|-|Citizen|Confederate|Soviet|Socialist|Verenigde|Union of South|Chechen|Tatarstan")
# Peoples that are no members of the United Nations and still have a government that news calls by the adjective.
_ALSO = frozenset("tw hk ps xk va gl".split())


@dataclass(slots=True)
class Row:
    """An actor while the table is made."""

    id: str
    name: str
    names: dict[str, None] = field(default_factory=dict)
    offices: dict[tuple[str, str | None], list[tuple[str | None, str | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    wikidata: str | None = None
    starred: bool = False
    by_hand: bool = False
    forms: dict[str, None] = field(default_factory=dict)

    def holds(self, title: str, of: str | None, start: str | None, end: str | None) -> None:
        """Adds an office, unless a period of the same office that overlaps is known already."""
        known = self.offices[title, of]
        if not any((end or "9") > (s or "0") and (start or "0") < (e or "9") for s, e in known):
            known.append((start, end))

    def begun(self) -> set[tuple[str, str | None]]:
        """Titles with the days on which their holding began."""
        return {(title, start) for (title, _), spans in self.offices.items() for start, _ in spans}


class Rows:
    """All actors, found by id and, within what they belong to, by name."""

    def __init__(self) -> None:
        self.by_id: dict[str, Row] = {}
        self._persons: dict[str, list[Row]] = defaultdict(list)

    def body(self, identifier: str, name: str) -> Row:
        return self.by_id.setdefault(identifier, Row(identifier, name))

    def person(self, name: str, state: str | None) -> Row:
        """The person of that name who has to do with that state, or a new one."""
        for row in self._persons[folded(name)]:
            if state is None or not row.offices or any(of == state for _, of in row.offices):
                return row
        return self.new_person(name)

    def named(self, name: str) -> list[Row]:
        return list(self._persons[folded(name)])

    def new_person(self, name: str) -> Row:
        """A new person, whoever else has that name."""
        slug, number = "person:" + folded(name).replace(" ", "-"), 2
        while slug in self.by_id:
            slug, number = f"person:{folded(name).replace(' ', '-')}-{number}", number + 1
        row = self.by_id[slug] = Row(slug, name)
        self.known_as(row, name)
        return row

    def known_as(self, row: Row, *names: str) -> None:
        for name in names:
            if name and name != row.name:
                row.names[name] = None
            if row.id.startswith("person:") and row not in self._persons[folded(name)]:
                self._persons[folded(name)].append(row)

    def of_surname(self, surname: str, state: str) -> list[Row]:
        """Those by hand with that last name and an office of that state."""
        key = folded(surname)
        return [
            row
            for row in self.by_id.values()
            if row.by_hand and folded(row.name).endswith(f" {key}") and any(of == state for _, of in row.offices)
        ]


def lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def day(text: str) -> str | None:
    """A whole day for one that may lack its day or month."""
    return text + "-01-01"[len(text) - 4 :] if text else None


def by_hand(rows: Rows) -> None:
    """bodies.txt and persons.txt."""
    for line in lines(TABLE / "bodies.txt"):
        identifier, name, names = (part.strip() for part in line.split("|"))
        row = rows.body(identifier, name)
        row.by_hand = True
        rows.known_as(row, *(part.strip() for part in names.split(";") if part.strip()))
    of = None
    for line in lines(TABLE / "persons.txt"):
        if line.startswith("["):
            of = line.strip("[]")
            continue
        name, names, offices = (part.strip() for part in line.split("|"))
        row = rows.person(name.lstrip("*"), None)
        row.by_hand = True
        row.starred |= name.startswith("*")
        rows.known_as(row, *(part.strip() for part in names.split(";") if part.strip()))
        for office in (part.strip() for part in offices.split(";") if part.strip()):
            title, _, period = office.rpartition(" ")
            title, _, whose = title.partition("@")
            start, _, end = period.partition("..")
            row.holds(folded(title), whose or of, day(start), day(end))
    for line in lines(TABLE / "outlets.txt"):
        slug, name, _, _, _, names = (part.strip() for part in line.split("|"))
        row = rows.body("outlet:" + slug.removeprefix("*"), name)
        row.by_hand = True
        rows.known_as(row, *(part.strip() for part in names.split(";") if part.strip()))


def states(rows: Rows, entities: Path) -> None:
    """The factbook and countrynames: names of states, forms before a noun, capitals as seats."""
    spellings = load_yaml(entities / "countrynames" / "countrynames" / "data.yaml")
    code_of: dict[str, str] = {}
    for code, names in spellings.items():
        for name in names if len(code) == 2 and code not in {"UN", "ZZ"} else ():
            if key := folded(str(name)):
                code_of.setdefault(key, code.lower())
    for country in factbook(entities):
        short, long = (
            plain_text(country, "Government", "Country name", key)
            for key in ("conventional short form", "conventional long form")
        )
        found = code_of.get(folded(short)) or code_of.get(folded(long))
        if long == "Dominican Republic":  # "The Dominican" in the factbook, and in countrynames Dominica's as well
            short, found = long, "do"
        if found is None:
            continue
        row = rows.body(f"state:{found}", short or long)
        rows.known_as(row, short, long)
        rows.known_as(
            row,
            *(
                str(name)
                for name in spellings.get(found.upper(), ())
                if str(name).isascii()
                and len(str(name)) < 60
                and _FORMAL.match(str(name))
                and not _ODD.search(str(name))
            ),
        )
        if "Dependency status" in country["Government"] and found not in _ALSO:
            continue
        capital = plain_text(country, "Government", "Capital", "name")
        if capital and folded(capital) not in NO_SEATS:
            rows.known_as(row, capital)
        adjective = plain_text(country, "People and Society", "Nationality", "adjective").replace("/", " or ")
        forms = ADJECTIVES[found].split(", ") if found in ADJECTIVES else adjective.split(" or ")
        for form in (row.name, short, *forms):
            if folded(form):
                row.forms[folded(form)] = None


def factbook(entities: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((entities / "factbook").glob("*/*.json")):
        country = json.loads(path.read_text(encoding="utf-8"))
        if "Country name" in country.get("Government", {}):
            yield country


def plain_text(country: dict[str, Any], *keys: str) -> str:
    """A text of the factbook up to its first bracket or note; empty for "none"."""
    part: Any = country
    for key in keys:
        part = part.get(key, {})
    text = html.unescape(part.get("text", "") if isinstance(part, dict) else "")
    text = re.split(r"[;(]|, D\.C", re.sub(r"<[^>]*>", "", text))[0].strip()
    return "" if text.casefold() == "none" else text


def load_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def congress(rows: Rows, entities: Path) -> None:
    """us-congress: presidents, vice presidents and today's members, with their terms, and the committees."""
    folder = entities / "us-congress"
    titles = {"sen": "senator", "rep": "representative", "prez": "president", "viceprez": "vice president"}
    for name in ("executive.yaml", "legislators-current.yaml"):
        for person in load_yaml(folder / name):
            terms = [term for term in person["terms"] if term["end"] >= "1975-01-01"]
            if not terms:
                continue
            names = person["name"]
            given = [names.get(key) for key in ("nickname", "first")]
            full = names.get("official_full") or f"{given[0] or given[1]} {names['last']}"
            known = [full, *(f"{first} {names['last']}" for first in given if first)]
            begun = {(titles[term["type"]], term["start"]) for term in terms}
            row = next((row for name in known for row in rows.named(name) if row.by_hand and may_be(row, begun)), None)
            wikidata = person["id"].get("wikidata")
            if row is None:
                row = next((one for one in rows.named(full) if wikidata and one.wikidata == wikidata), None)
            row = row or rows.new_person(full)
            rows.known_as(row, *known)
            if names.get("suffix"):
                rows.known_as(row, *(f"{one} {names['suffix']}" for one in known))
            row.wikidata = person["id"].get("wikidata") or row.wikidata
            for title, start, end in joined(terms, titles):
                row.holds(title, "state:us", start, end)
    for committee in load_yaml(folder / "committees-current.yaml"):
        name = committee["name"]
        short = re.sub(r"^(House|Senate) (?:Select |Special )?Committee on (?:the )?(.+)$", r"\1 \2 Committee", name)
        known_names = {folded(one) for row in rows.by_id.values() for one in (row.name, *row.names)}
        if folded(name) not in known_names and folded(short) not in known_names:
            row = rows.body("organisation:us-" + folded(name).replace(" ", "-"), name)
            rows.known_as(row, short)


def may_be(row: Row, begun: set[tuple[str, str | None]]) -> bool:
    """Whether a person by hand is the one who began these terms: of two with one name, not the one with others."""
    seats = {(title, start) for title, start in row.begun() if title in CHOSEN}
    return not seats or not begun.isdisjoint(seats)


def joined(terms: list[dict[str, Any]], titles: dict[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """Terms of one office that follow each other as one; one that ends in the future has no end yet."""
    periods: list[list[str]] = []
    for term in terms:
        title, start, end = titles[term["type"]], term["start"], term["end"]
        if periods and periods[-1][0] == title and gap(periods[-1][2], start) <= 40:
            periods[-1][2] = end
        else:
            periods.append([title, start, end])
    for title, start, end in periods:
        yield title, start, None if end > "2026" else end


def gap(before: str, after: str) -> int:
    return (date.fromisoformat(after) - date.fromisoformat(before)).days


def leaders(rows: Rows, entities: Path) -> None:
    """REIGN: who led each country; those it names in full, and those by hand that its surnames meet."""
    folder = entities / "reign" / "data_sets"
    by_name = {
        folded(name): row.id
        for row in rows.by_id.values()
        if row.id.startswith("state:")
        for name in (row.name, *row.names)
    }
    with (folder / "electionlist_3_21.csv").open(encoding="utf-8", errors="replace") as file:
        code_of = {one["ccode"]: by_name.get(folded(one["country"])) for one in csv.DictReader(file)}
    code_of |= {"2": "state:us", "255": "state:de", "260": "state:de", "365": "state:ru", "678": "state:ye"}
    with (folder / "leaderlist_3_21.csv").open(encoding="utf-8", errors="replace") as file:
        terms = [(code_of.get(one["ccode"]), *period(one), one["leader"]) for one in csv.DictReader(file)]
    begun = {(state, start[:7]): start for state, start, _, _ in terms if state and start}
    for state, start, end, leader in terms:
        if state is None or start is None or (end or "9") < SINCE:
            continue
        # The source has the month of an end alone: the next one's first day in it is the day.
        end = begun.get((state, end[:7]), end) if end and begun.get((state, end[:7]), "") > start else end
        name = " ".join(leader.replace("_", " ").split())
        met = [row for row in rows.of_surname(name.split(" ")[-1], state) if overlaps(row, state, start, end)]
        if len(met) == 1:
            # How long somebody stayed is known by hand to later years than the source has.
            met[0].holds("leader", state, start, end or latest(met[0], state))
        elif len(name.split(" ")[0].strip(".")) > 2 and " and " not in name and " " in name and spelled(name):
            rows.person(name, state).holds("leader", state, start, end or "2021-04-01")


def spelled(name: str) -> bool:
    return name.replace(" ", "").replace("-", "").replace(".", "").isalpha()


def period(one: dict[str, str]) -> tuple[str | None, str | None]:
    try:
        start = date(int(one["syear"]), int(one["smonth"]), int(one["sdate"] or 1)).isoformat()
        if not one["eyear"].strip():
            return start, None
        end = date(int(one["eyear"]), int(one["emonth"] or 12), 28)
        return start, end.isoformat()
    except ValueError:
        return None, None


def overlaps(row: Row, state: str, start: str, end: str | None) -> bool:
    return any(
        (e or "9") > start and (s or "0") < (end or "9")
        for (_, of), spans in row.offices.items()
        if of == state
        for s, e in spans
    )


def latest(row: Row, state: str) -> str | None:
    ends = [e for (_, of), spans in row.offices.items() if of == state for _, e in spans]
    return None if None in ends else max(e for e in ends if e)


def heads(rows: Rows, entities: Path) -> None:
    """The factbook's heads of state and government, with the day since which each is in office."""
    code_of: dict[str, str] = {}
    for row in rows.by_id.values():
        if row.id.startswith("state:") and row.forms:
            code_of |= {folded(name): row.id for name in (row.name, *row.names)}
    titles = ("President", "Prime Minister", "Chancellor", "Emir", "Sultan")
    for country in factbook(entities):
        names = country["Government"]["Country name"]
        state = next(
            (
                code_of[folded(name)]
                for key in ("conventional long form", "conventional short form")
                if folded(name := plain_text({"name": names}, "name", key)) in code_of
            ),
            None,
        )
        for part in ("chief of state", "head of government") if state else ():
            text = country["Government"].get("Executive branch", {}).get(part, {}).get("text", "")
            title = next((one for one in titles if text.startswith(one + " ")), None)
            found = re.match(r"([^;()]{3,60}) \(since (\d{1,2} \w+ \d{4})\)", text[len(title or "") :].strip())
            start = as_date(found.group(2)) if found else None
            if title is None or found is None or start is None:
                continue
            name = " ".join(
                word.capitalize() if word.isupper() and len(word) > 2 else word for word in found.group(1).split()
            )
            office = folded(title)
            # By hand stands first, also where the source has a holder earlier than the last one by hand left.
            known = any(
                (end or "9") > start
                for row in rows.by_id.values()
                if row.by_hand
                for _, end in row.offices.get((office, state), ())
            )
            if " " in name and name[:1].isupper() and " of " not in name and not known:
                row = next((row for row in rows.by_id.values() if same_leader(row, state, start)), None)
                row = row or rows.person(name, state)
                rows.known_as(row, name)
                row.holds(office, state, start, None)


def same_leader(row: Row, state: str, start: str) -> bool:
    """Whether REIGN has this person begin to lead that state on that day, by a shorter name."""
    return any(begun == start for begun, _ in row.offices.get(("leader", state), ()))


def as_date(text: str) -> str | None:
    months = "January February March April May June July August September October November December".split()
    number, month, year = text.split()
    return f"{year}-{months.index(month) + 1:02}-{int(number):02}" if month in months else None


def groups(rows: Rows, entities: Path) -> None:
    """Phoenix: armed groups with their other names."""
    known = {folded(name) for row in rows.by_id.values() for name in (row.name, *row.names)}
    row: Row | None = None
    text = (entities / "phoenix-actors" / "Phoenix.MilNonState.actors.txt").read_text(encoding="latin-1")
    for line in text.splitlines():
        words = line.split("#")[0].split(";")[0].strip()
        if not words or words.startswith("["):
            continue
        name = " ".join(
            titled(word) for word in words.lstrip("+").split("[")[0].strip().strip("_").replace("_", " ").split()
        )
        if not re.fullmatch(r"[A-Za-z][A-Za-z' -]{6,60}", name):
            if not words.startswith("+"):
                row = None
            continue
        if words.startswith("+"):
            if row is not None and folded(name) not in known and " " in name:
                rows.known_as(row, name)
                known.add(folded(name))
        elif folded(name) in known or " " not in name:
            row = None
        else:
            row = rows.body("group:" + folded(name).replace(" ", "-"), name)
            known.add(folded(name))


def titled(word: str) -> str:
    return (
        word.lower()
        if word.lower() in {"of", "the", "for", "and", "in", "al"}
        else "-".join(part.capitalize() for part in word.split("-"))
    )


def companies(rows: Rows, entities: Path) -> None:
    """dariusk: federal agencies and large companies with names of more than one word."""
    known = {folded(name) for row in rows.by_id.values() for name in (row.name, *row.names)}
    data = entities / "dariusk" / "data"
    agencies = json.loads((data / "governments" / "us_federal_agencies.json").read_text(encoding="utf-8"))["agencies"]
    firms = json.loads((data / "corporations" / "fortune500.json").read_text(encoding="utf-8"))["companies"]
    for prefix, names in (("organisation:us-", agencies), ("organisation:", firms)):
        for name in names:
            key = folded(name)
            if key not in known and " " in key:
                rows.body(prefix + key.replace(" ", "-"), name)
                known.add(key)


def write(rows: Rows) -> None:
    """The three files, all sorted, so that the same sources give the same bytes."""
    actors = sorted(rows.by_id.values(), key=lambda row: row.id)
    keys: dict[str, dict[int, None]] = defaultdict(dict)
    offices: list[str] = []
    out: list[str] = []
    for number, row in enumerate(actors):
        periods = sorted(
            (title, of or "", start or "", end or "")
            for (title, of), spans in row.offices.items()
            for start, end in spans
        )
        names = [name for name in row.names if name != row.name]
        out.append(
            json.dumps(
                [row.id, row.name, names, periods, row.wikidata, int(row.starred)],
                ensure_ascii=False,
                separators=(",", ":"),
            )
        )
        offices += ["\t".join((title, of, str(number), start, end)) for title, of, start, end in periods]
        person = row.id.startswith("person:")
        for name in (row.name, *names):
            key = folded(name)
            if not key:
                continue
            if person and " " not in key:
                keys["l" + key][number] = None
                keys["t" + sounded(key)][number] = None
                continue
            keys["n" + key][number] = None
            if person:
                keys["s" + sounded(key)][number] = None
        if person and any(of in FAMILY_FIRST for _, of in row.offices):
            keys["l" + folded(row.name).split(" ")[0]][number] = None
        elif person:
            plain = re.sub(r" (?:jr|sr|ii|iii|iv)$", "", folded(row.name))
            for size in (1, 2):
                parts = plain.split(" ")
                if len(parts) > size:
                    keys["l" + " ".join(parts[-size:])][number] = None
                    if row.starred:
                        keys["t" + sounded(" ".join(parts[-size:]))][number] = None
        for form in row.forms:
            keys["f" + form][number] = None
    packed = [f"{key}\t{','.join(map(str, sorted(numbers)))}" for key, numbers in sorted(keys.items())]
    for name, content in (("actors.jsonl.gz", out), ("keys.txt.gz", packed), ("offices.txt.gz", sorted(offices))):
        (TABLE / name).write_bytes(gzip.compress("\n".join(content).encode("utf-8"), 9, mtime=0))
        print(f"{name:18} {len(content):7} rows {(TABLE / name).stat().st_size / 1000:8.1f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    entities = parser.parse_args().corpora / "entities"
    rows = Rows()
    by_hand(rows)
    for source in (states, congress, leaders, heads, groups, companies):
        before = len(rows.by_id)
        source(rows, entities)
        print(f"{source.__name__:10} adds {len(rows.by_id) - before} actors")
    write(rows)


if __name__ == "__main__":
    main()

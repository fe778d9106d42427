"""People who judge on the review page, one form after the other, as a browser sends them."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from lxml import html

from bench.load.readers import Reader, Waits

LEFT_OUT = frozenset({"span", "undo"})
"""Forms that take more than a choice: characters that are selected, and a word of one's own to take back."""
PLACES = re.compile(r"Review: [\d,]+ of ([\d,]+)")
TOLD = re.compile(r"told=([0-9a-f]+)")


@dataclass
class Put:
    """What became of the judgements that were sent."""

    acknowledged: set[str] = field(default_factory=set)
    meanwhile: int = 0
    unanswered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: the fields it sends as it stands, and what its buttons or choices may send as `pick`."""

    fields: dict[str, str]
    picks: tuple[str, ...]


def forms_in(page: str) -> list[Form]:
    """The forms of a page that put a judgement on the record and need no more than a choice and a reason."""
    found = []
    for one in html.fromstring(page).forms:
        fields = {name: value for name, value in one.form_values() if name != "pick"}
        if one.action != "/judge" or fields.get("form") in LEFT_OUT:
            continue
        picks = tuple(dict.fromkeys(field.get("value", "") for field in one.xpath(".//*[@name='pick']")))
        found.append(Form(fields, tuple(filter(None, picks))))
    return found


def filled(form: Form, why: str, chosen: random.Random) -> dict[str, str]:
    """What a person sends with it."""
    picked = {"pick": chosen.choice(form.picks)} if form.picks else {}
    return {**form.fields, **picked, "why": why}


class Writer:
    """Somebody who judges, over one connection to the pages."""

    def __init__(self, address: str, number: int, waits: Waits, put: Put) -> None:
        self.reader = Reader(address)
        self.address = urlsplit(address)
        self.chosen = random.Random(f"writer {number}")
        self.number = number
        self.waits = waits
        self.put = put
        self.places = 1
        self.sent = 0

    def judge(self) -> None:
        """Opens a page of the review and sends one of its forms."""
        status, page, waited = self.reader.get(f"/review?page={self.chosen.randint(1, self.places)}")
        self.waits.add("review", waited, status)
        if status != 200:
            return
        if told := PLACES.search(page):
            self.places = int(told[1].replace(",", ""))
        if not (forms := forms_in(page)):
            return
        self.sent += 1
        values = filled(self.chosen.choice(forms), f"bench {self.number}-{self.sent}", self.chosen)
        status, page, waited = self._post(values)
        done = status in (202, 303, 409)
        self.waits.add("a judgement", waited, 200 if done else status)
        with self.put.lock:
            if status == 409:
                self.put.meanwhile += 1
            elif done and (told := TOLD.search(page)):
                self.put.acknowledged.add(told[1])
            else:
                self.put.unanswered += 1

    def _post(self, values: dict[str, str]) -> tuple[int, str, float]:
        """The status, the page with where it leads, and the seconds; a judgement is never sent twice."""
        began = time.perf_counter()
        origin = f"{self.address.scheme}://{self.address.netloc}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Connection": "close"}
        connection = http.client.HTTPConnection(self.address.netloc, timeout=120)
        try:
            connection.request("POST", "/judge", urlencode(values), headers)
            answer = connection.getresponse()
            page = answer.getheader("location", "") + " " + answer.read().decode("utf-8", "replace")
        except (http.client.HTTPException, OSError):
            return 0, "", time.perf_counter() - began
        finally:
            connection.close()
        return answer.status, page, time.perf_counter() - began


def write(writer: Writer, until: float, think: float) -> None:
    """What one of them does until the end."""
    time.sleep(writer.chosen.random() * think)
    while time.perf_counter() < until:
        writer.judge()
        time.sleep(writer.chosen.expovariate(1 / think))

"""What is marked as furniture, and above all what is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain.reports import MarkKind
from onrecord.sources.furniture import furniture, is_furniture

BOILERPLATE, CAPTION = MarkKind.BOILERPLATE, MarkKind.CAPTION


@pytest.mark.parametrize(
    "paragraph",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Story Continued Below",
        "related news",
        "Related articles:",
        "Source link",
        "Read more…",
        "Read More »",
        "Read the rest here",
        "Read more: Five things to know about the ferry strike",
        "RELATED: Harbour chief ‘never said’ the port would close",
        "Also read: Who owns the docks?",
        "More:Who pays for the bridge?",
        "The night the lights went out in Marl Bay Read more",
        "Share this",
        "Share this article",
        "Share on Facebook",
        "Follow us on Twitter",
        "Follow Harbour Post reporter Jo Lind on Twitter: @jolind",
        "Like us on Facebook.",
        "Sign up for our newsletter",
        "Sign up for the morning briefing and get it in your inbox",
        "Get the best of the Harbour Post delivered to your inbox every day.",
        "Want more like this? Sign up for our weekly newsletter.",
        "Click here to read more about the strike",
        "To receive alerts on your phone, sign up here.",
        "Send tips to desk@harbourpost.example",
        "We use cookies to improve your experience. Accept or change your settings.",
        "By continuing to use this site you agree to our privacy policy.",
        "Cookie policy",
        "© 2031 Harbour Post Ltd. All rights reserved.",
        "Copyright 2031 Harbour Post",
        "All rights reserved",
        "This article originally appeared on Harbour Post.",
        "This story was first published in the Marl Bay Gazette.",
        "This story has been updated.",
        "The views expressed here are the author's own and do not reflect those of the Harbour Post.",
        "(Reporting by Jo Lind in Marl Bay; Editing by Sam Orr)",
        "Reporting by Jo Lind and Sam Orr; Additional reporting by Ada Moss in Kell; Editing by Tom Reed",
        "Jo Lind and Sam Orr contributed to this report.",
        "Contributing: Jo Lind",
        "By Jane Doe",
        "By JANE DOE and JOHN MOSS",
        "By Jane Doe, Harbour Post",
        "By Jane Doe | Marl Bay",
        "Updated at 5:30 p.m. ET",
        "Published 17 February 2031, 10:40 GMT",
        "Friday, January 4, 2030",
        "MARL BAY (Halyard) —",
        "5 min read",
        "https://harbourpost.example/story/7",
    ],
)
def test_whole_paragraphs(paragraph: str) -> None:
    text = f"The port was shut, he said.\n\n{paragraph}\n\nIt will open again on Monday, she said."
    (mark,) = furniture(text)
    assert (mark.span.of(text), mark.kind) == (paragraph, BOILERPLATE)
    assert is_furniture(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "FILE PHOTO: A ferry leaves the port of Marl Bay, March 2, 2030. REUTERS/Ada Moss/File Photo",
        "FILE - A crane stands idle in the port of Marl Bay, March 2, 2030. (AP Photo/Ada Moss)",
        "A ferry leaves the port of Marl Bay. Ada Moss/Getty Images",
        "Dockers on the quay in Marl Bay on Monday (Ada Moss/Reuters)",
        "Photo: Ada Moss/Getty Images",
        "Photograph: Ada Moss/AFP/Getty Images",
        "(AP Photo/Ada Moss)",
        "Image caption Dockers have been on strike since Monday",
        "Image source, Getty Images",
        "Enlarge this image toggle caption Ada Moss/AP Ada Moss/AP",
        "Getty Images",
    ],
)
def test_captions(paragraph: str) -> None:
    text = f"The port was shut, he said.\n{paragraph}\nIt will open again on Monday, she said."
    (mark,) = furniture(text)
    assert (mark.span.of(text), mark.kind) == (paragraph, CAPTION)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("“The strike goes on,” he said. Source link", ["Source link"]),
        ("The strike goes on, he said.Source link", ["Source link"]),
        ("The strike goes on…Read more:", ["Read more:"]),
        ("The strike goes on, he said. […] Read more at Harbour Post", ["Read more at Harbour Post"]),
        ("The strike goes on. Read more: Who owns the docks?", ["Read more: Who owns the docks?"]),
        ("The strike goes on. (RELATED: Who Owns It?) It has cost millions.", ["(RELATED: Who Owns It?)"]),
        ("The strike goes on, he said.Advertisement", ["Advertisement"]),
        ("“It goes on,” she said. (Reporting by Jo Lind)", ["(Reporting by Jo Lind)"]),
        ("“It goes on,” the minister said on Monday. (Ada Moss/Reuters)", ["(Ada Moss/Reuters)"]),
        ("It goes on, she said. Follow us on Twitter @harbourpost", ["Follow us on Twitter @harbourpost"]),
        ("It goes on, she said. © 2031 Harbour Post", ["© 2031 Harbour Post"]),
        ("FILE PHOTO: The port. REUTERS/Ada Moss MARL BAY (Reuters) - The strike goes on, he said.",
         ["FILE PHOTO: The port. REUTERS/Ada Moss"]),
    ],
)  # fmt: skip
def test_furniture_glued_to_reporting(text: str, marked: list[str]) -> None:
    assert [mark.span.of(text) for mark in furniture(text)] == marked


@pytest.mark.parametrize(
    "text",
    [
        "He said the cookie policy of the site had changed.",
        "related news of the ceasefire reached the town at noon.",
        "Related news agencies said the port was shut.",
        "We use cookies, he said, because everybody does.",
        "“Follow us on Twitter,” the minister told reporters.",
        "Follow the money, she said on Twitter.",
        "“Read more,” he advised the opposition.",
        'He had one piece of advice for the minister: "Read more."',
        "Read more books, he told the students.",
        "The advertisement said that the port was open.",
        "Advertisement revenue fell by half, the company said.",
        "It fell. Advertisement revenue was down too.",
        "Copyright law must change, the commissioner said.",
        "All rights reserved for the few, she said, were wrongs for the many.",
        "By Friday the port was shut.",
        "By Monday, Nobody Believed Him",
        "By signing the treaty, the president gave up the islands.",
        "Reporting by the Harbour Post showed that the port was shut.",
        "Reporting by Reuters showed that forty ships were waiting.",
        "Share this burden, the chancellor told the allies.",
        "Sign up for the army, the minister told the young men.",
        "To sign up for a visit, families must call the prison, she said.",
        "To sign up for a visit, residents just need to call a number.",
        "Get the vaccine, the minister urged.",
        "Join the alliance or stand alone, he warned.",
        "The Associated Press reported that he had contributed to the campaign.",
        "The views expressed by the minister drew anger in the port.",
        "Photo evidence shows that the port was hit.",
        "The image was taken by a satellite on Monday and shows forty tanks.",
        "Support fell to a third, according to Reuters/Ipsos.",
        "More: he would resign if the port stayed shut. Nobody believed it.",
        "More from the minister:",
        "Source: a man who was there said the port was hit by two shells.",
        "Watch this man, she said.",
        "Click by click, he said, the crane came down.",
        "This story is about a port, he said.",
        "Subscribe to my view of the world or leave, he said.",
        "Updated figures show that forty ships were waiting.",
        "Published figures differ, she said.",
        "Send more tanks, he said.",
        "Image is everything, she said.",
        "(c) The power ends with the mandate of the minister.",
        "Editing by committee never works, he said.",
        "The port was shut. Share this news with nobody, she said.",
    ],
)
def test_statements_are_never_marked(text: str) -> None:
    assert furniture(text) == ()
    assert furniture(f"The port was shut.\n\n{text}\n\nIt opens on Monday.") == ()


def test_a_list_of_related_headlines() -> None:
    headlines = ["Who owns the docks?", "‘Never again’, says harbour chief", "Five things to know about the ferry"]
    body = "The strike in the port of Marl Bay goes on, the minister said on Monday."
    text = "\n\n".join(["Related articles", *headlines, body, "Dockers divided", body])
    assert [mark.span.of(text) for mark in furniture(text)] == ["Related articles", *headlines]


def test_one_short_line_under_related_news_is_no_list() -> None:
    text = "Related news\n\nDockers divided\n\nThe strike goes on, the minister said on Monday."
    assert [mark.span.of(text) for mark in furniture(text)] == ["Related news"]


def test_bullets_under_related_news_are_a_list() -> None:
    text = "Related news\n- Who owns the docks?\nThe strike goes on, the minister said on Monday."
    assert [mark.span.of(text) for mark in furniture(text)] == ["Related news", "- Who owns the docks?"]


PIECES = [
    "The port was shut, he said.", "Advertisement", " ", "\n", "\r\n", "\u2028", "Read more: ", "FILE PHOTO: ",
    "REUTERS/Ada Moss",
    "(RELATED: x)", "Related news", "Source link", "By Jane Doe", "© ", "“", "”", ".", "…", "- x", "A", "(", ")",
    "/", "Getty Images",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30).map("".join))
def test_marks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    marks = furniture(text)
    at = 0
    for mark in marks:
        assert at <= mark.span.start < mark.span.end <= len(text)
        assert mark.span.of(text).strip() == mark.span.of(text)
        at = mark.span.end


@pytest.mark.parametrize(
    "unit",
    [
        "By A. ",
        "Jo Lind and ",
        "Updated at 5 ",
        "READ MORE: ",
        "© ",
        "(RELATED: ",
        "FILE - ",
        "Ada Moss/",
        "A B C D ",
        "to read click ",
    ],
)
def test_no_text_is_slow(unit: str) -> None:
    began = time.process_time()
    furniture(unit * 20_000)
    furniture("\n".join([unit * 40] * 60))
    assert time.process_time() - began < 3.0


@pytest.mark.parametrize(
    ("paragraph", "marked"),
    [
        ("ALDERMERE, March 5 (Halyard) - The Compact has seen no sign.", "ALDERMERE, March 5 (Halyard) -"),
        ("STRELL (Halyard) — The ministry said no.", "STRELL (Halyard) —"),
        ("NEW ELM, Harvenia — The ministry said no.", "NEW ELM, Harvenia —"),
        ("Tolvesk, Olmira (HNA)- The ministry said no.", "Tolvesk, Olmira (HNA)-"),
        ("(Halyard) - The ministry said no.", "(Halyard) -"),
        ("The World Harbour Organisation (WHO) - said no.", None),
        ("He said no — and left.", None),
        ("NATO said no — and left.", None),
        ("U.S. officials said no — and left.", None),
        ("A B-52 (BUFF) - flew.", None),
        ("Smith (D-Mass.) — who left — said no.", None),
        ("WHO — the agency — said no.", None),
    ],
)
def test_datelines_before_the_first_sentence(paragraph: str, marked: str | None) -> None:
    found = [mark.span.of(paragraph) for mark in furniture(paragraph)]
    assert found == ([marked] if marked else [])


def test_a_dateline_is_only_looked_for_at_the_beginning() -> None:
    text = "\n\n".join(["He said no."] * 4 + ["STRELL (Halyard) — The ministry said no."])
    assert furniture(text) == ()

"""Words that stand where a label stands: those of people without a name, and those of no speaker at all."""

from __future__ import annotations

from typing import Final

ASKED: Final = frozenset(
    " ".join(word.split())
    for word in """
    a | aide | all | anchor | answer | answers | audience | audience member | audience question | caller |
    chorus | comment | correspondent | exclamation | female voice | from the audience | host | interpreter |
    interviewee | interviewer | journalist | male voice | moderator | narrator | operator | participant |
    presenter | press | q | q&a | question | questioner | questions | remark | remarks | replies | reply |
    reporter | reporters | response | retort | shout | shouts | speaker | staff | student | the press |
    translator | unidentified | unidentified female | unidentified male | unidentified reporter | unidentified
    speaker | unknown | unknown speaker | voice | voices
    """.split("|")
)
"""Labels of those who ask, answer or call without a name."""
NEVER: Final = frozenset(
    " ".join(word.split())
    for word in """
    address | advertisement | agenda | also | analysis | and | attendees | audio | background | background
    information | bcc | bio | breaking | breaking news | but | by | caption | category | cc | claim | conclusion
    | cons | contact | contacts | correction | credit | date | disclaimer | e-mail | edited by | editing by |
    editor's note | editors' note | editor’s note | email | example | excerpt | excerpts | fact | fax | finally
    | first | follow | for immediate release | for more information | friday | from | full text | further
    reading | how | however | image | images | key points | listen | live | location | media contact | monday |
    more | more information | no | note | notes | now | opinion | participants | phone | photo | photos |
    picture | posted | present | press contact | pros | published | re | read | read more | related | reporting
    by | result | results | saturday | score | second | see also | share | sign up | so | source | sources |
    subject | summary | sunday | tags | tel | telephone | text | then | third | thursday | time | to | today |
    tomorrow | topics | transcript | translation | tuesday | update | updated | updates | venue | verdict |
    video | warning | watch | web | website | wednesday | what | when | where | who | why | written by | yes |
    yesterday
    """.split("|")
)
"""What stands before a colon and is no speaker."""

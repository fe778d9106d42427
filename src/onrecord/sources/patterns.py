"""The patterns of furniture; `furniture.py` says which of them counts where.

Most were found by counting the short paragraphs that return in many reports of one outlet. Every free stretch in them
is bounded, so that no text makes them slow.
"""

from __future__ import annotations

import re

SPEECH = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|stated|states|announced|warned|warns|claimed|claims|insisted"
    r"|denied|"
    r"denies|according to|tweeted|wrote|writes|asked|replied|argued|noted|stressed|vowed|urged|accused|confirmed|"
    r"declared|acknowledged|believes?|believed|promised|pledged|blamed|described|suggested|estimated|hoped|feared|"
    r"demanded|rejected|criticized|criticised|praised|condemned|agreed|answered|reported that|threatened"
    r"|testified|called (?:for|on|it)|(?:tells|told|asks) \w+)\b|[“\"«][^”\"»]{12,}[”\"»]",
    re.IGNORECASE,
)

_NETWORK = (
    r"(?:Twitter|X|Facebook|Instagram|Telegram|YouTube|LinkedIn|TikTok|WhatsApp"
    r"|Google\ News|Threads|Bluesky|Flipboard)"
)
_SMALL = r"(?:and|in|at|by|for|with|of|the|de|del|la|le|van|von|der|al|el|bin|&)"
_NAME = r"[A-Z][\w.'’-]*[\w.](?:[ -](?:(?:de|del|la|le|van|von|der|al|el|bin)[ -])?[A-Z][\w.'’-]*){1,3}"
_AGENCY = (
    r"(?:AP(?:\ Photos?|\ Images)?|Associated\ Press|AFP|Agence\ France-Presse|REUTERS|Reuters|Getty(?:\ Images)?"
    r"|EPA(?:-EFE)?|EFE|PA(?:\ Images|\ Wire)?|Shutterstock|Bloomberg|TASS|Sputnik|Anadolu(?:\ Agency)?|Xinhua|UPI"
    r"|ANP|DPA|dpa|NurPhoto|Pool|POOL|Corbis|SIPA(?:\ USA)?|Rex|AAP|NATO|Alamy|iStock|ZUMA(?:\ Press)?|Redux"
    r"|The\ New\ York\ Times|The\ Washington\ Post|TNS|Contributed|Staff(?:\ Photographer)?"
    r"|USA\ TODAY(?:\ Sports)?)"
)
_MONTH_OR_DAY = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October"
    r"|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\.?"
)
_CLOCK_PART = (
    rf"(?:{_MONTH_OR_DAY}|\d[\d:./]*(?:st|nd|rd|th)?|[aApP]\.?[mM]\.?|E[SD]?T|C[SDE]?S?T|P[SD]?T|GMT|UTC|BST|IST"
    rf"|AEST|at|on)"
)
_WHEN = rf"{_CLOCK_PART}(?:[\s,|–—-]{{1,3}}{_CLOCK_PART}){{0,9}}"
_FILE = r"(?:\s?/\s?(?:File(?: Photo)?|Files|Pool|Handout|Archive))?"
_CREDIT = (
    rf"\(?(?:(?:AP|AFP|REUTERS|Reuters|EPA|EPA-EFE|Getty Images)(?: Photo| Images)?\s?/\s?(?!Ipsos|NORC|VoteCast)"
    rf"(?:[A-Z][a-z'’.-]+|[A-Z]{{2,}} [A-Z]{{2,}}\b|[A-Z]\.)"
    rf"(?:[ -](?:[A-Z](?:['’][A-Z])?[a-z][\w'’-]*|[A-Z]\.|[A-Z](?=[ ]))){{0,3}}{_FILE}"
    rf"|(?:{_NAME}|[A-Z]{{2,}})(?:, [A-Z]\w+(?: \w+)?)?\s?(?:/|\||via)\s?{_AGENCY}"
    rf"(?:(?:\s?/\s?| via ){_AGENCY}){{0,3}}{_FILE}"
    rf"|{_AGENCY}(?:\s?/\s?| via ){_AGENCY}(?: via {_AGENCY})?)\.?\)?"
)

# Paragraphs that are nothing but this, in any case.
WORDS = re.compile(
    r"""(?:
    ad|advertisements?:?|advertising|sponsored(?:\ content)?|promoted(?:\ content)?|(?:hidden\ )?ad\ unit
    |(?:story|article)\ continue[sd]?\ (?:below|after)(?:\ (?:this\ )?(?:ad|advertisement|promotion))?
    |continue\ reading(?:\ (?:the\ main\ story|below))?|loading\W{0,3}|close|share|print|e-?mail|tweet|pin|like
    |save|reply
    |twitter|facebook|whats\s?app|linked\s?in|pinterest|reddit|pocket|telegram|flipboard|copy\ (?:the\ )?link
    |messenger
    |(?:\d+\ )?comments?|(?:leave|post|add|write)\ a\ comment|view\ comments|show\ comments
    |skip\ to\ (?:main\ )?content
    |read\ more\W{0,4}|see\ more\W{0,3}|show\ more\W{0,3}|learn\ more\W{0,3}|back\ to\ top|source\ links?
    |original\ source
    |read\ the\ (?:rest|full\ (?:story|article|report))(?:\ (?:here|on\ .{2,40}|at\ .{2,40}|of\ .{2,60}))?\W{0,4}
    |(?:photo\ )?source|via|subscribe(?:\ (?:now|today|here))?\W?|sign\ (?:up|in)(?:\ (?:now|here))?\W?|log\ ?in
    |register|newsletters?|watch(?:\ (?:now|live|more|video|the\ video))?:?|listen(?:\ now)?:?|play|pause|mute|videos?
    |photos?|gallery|slideshow(?:\ \(\d+\ images?\))?|share\ this(?:\ (?:article|story|post|page|video))?:?
    |click\ here\W?
    |share\ (?:on|via|to)\ [\w\ ,/&-]{2,60}|\d+\ min(?:ute)?s?\ read|\(?more\)?\ to\ come\W{0,3}
    |(?:listen\ to\ article\ )?[\d:.\ ]{0,12}share\ this\ article
      (?:\ share)?(?:\ tweet)?(?:\ post)?(?:\ e?-?mail)?(?:\ print)?
    |analysis/opinion:?|opinion(?:\ (?:contributor|columnist))?|full\ coverage:.{0,60}|image\ unavailable
    |this\ (?:article|story|post|content)\ is\ more\ than\ \d+\ (?:day|week|month|year)s?\ old\W?
    |[-–—(]{0,2}(?:editor[’']s\ note:?\ )?this\ (?:article|story|post|report|headline|file)\ (?:has\ been|was
    |will\ be)\ updated
      (?:\ (?:with|to|as|throughout)\ .{0,80})?\W{0,2}
    |media\ playback\ is\ (?:not\ supported|unsupported)\ on\ (?:this|your)\ device\W?
    |your\ browser\ does(?:n[’']t|\ not)\ support\ .{1,160}|(?:please\ )?enable\ javascript\ .{1,120}
    |this\ (?:video|content|embed)\ (?:can\ ?not|is\ not)\ (?:be\ )?(?:played|available|supported|loaded)\W?.{0,80}
    |all\ rights\ reserved\W?|expand|continuation\ of\ the\ material\ (?:under|below)\ the\ video
    |(?:new\ )?you\ can\ now\ listen\ to\ .{2,40}\ articles\W?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
RELATED = re.compile(
    r"""(?:
    related(?:\ (?:news|articles?|stories|story|content|posts?|coverage|links?|topics?|reading|headlines|videos?))?
    |(?:more|other|latest|similar|recommended|top|trending|popular|must[- ]read|further|suggested|featured
    |more\ related)
      \ (?:news|articles?|stories|content|posts?|coverage|links|topics|reading|headlines|videos)
    |(?:more|read\ more)\ (?:from|on|about)\ (?:this\ (?:story|topic|author|section)|the\ web|our\ website)
    |read\ (?:also|next|more)|also\ read|see\ also|you\ (?:may|might)\ also\ (?:like|be\ interested\ in|enjoy)
    |recommended(?:\ for\ you)?|trending(?:\ now)?|editor[’']?s[’']?\ picks?|most\ (?:read|popular|viewed|shared)
    |up\ next
    |don[’']t\ miss|what\ to\ read\ next|go\ deeper
    )\s?[:.…»]{0,3}""",
    re.IGNORECASE | re.VERBOSE,
)
# A label with a colon and one headline behind it.
LABELLED = re.compile(
    r"""(?:(?i:read\ more|read\ also|also\ read|read\ next|see\ also|don[’']t\ miss|go\ deeper|more\ on\ this
        |see\ more|more|now\ watch|related(?:\ (?:news|article|story|stories|articles|coverage|video|content
        |reading))?|must[- ]read|recommended)
    |WATCH(?:\ LIVE|\ NOW)?|MORE|LISTEN|READ|VIDEO|PHOTOS|LIVE|JUST\ IN|FOLLOW\ LIVE|LIVE\ UPDATES)
    (?:\s?[:|»>]|\s[–—-])\s?(?P<headline>.{0,200})""",
    re.VERBOSE,
)
# The text of a link to another story with "Read more" run into it, as the Guardian's pages have it.
LINK_LINE = re.compile(r"[^.!?]{5,160}[^.!?:\s] Read more")
CREDITS = re.compile(
    rf"""\(?(?:(?i:additional|further)\ )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Ww]ritten|[Ee]dited
    |[Tt]ranslat(?:ed|ion|ing)
    |[Cc]ompiled|[Gg]raphics?|[Rr]eported)(?:\ (?:and|&)\ [Ww]riting|\ and\ [Ee]diting)?\ by\ (?=[A-Z])
    (?:(?:[A-Z][\w.'’-]*|{_SMALL}|(?i:additional|further|reporting|writing|editing|graphics|newsroom|bureaus?
    |compiled|staff))
    [\s,;.)]{{0,3}}){{1,60}}|\(?(?:Contributing|CONTRIBUTING|With\ reporting\ by
    |With\ reporting\ from):?\ [A-Z].{{2,160}}
    |{_NAME}(?:(?:,|\ and|,\ and)\ {_NAME}){{0,3}}\ reported\ from\ [A-Z].{{2,90}}(?:contributed\b.{{0,60}})?
    |With\ (?:[A-Z]\w+\ ){{0,3}}[Ww]ires?|(?:[⦁•]\ )?(?:The\ )?(?:[A-Z][\w.,'’-]*\ |and\ |of\ |in\ |from\ |the[ ]
    |de\ |correspondents?\ |writers?\ |reporters?\ |staff\ ){{1,25}}
    (?:also\ )?contributed(?:\ (?:reporting|research|to\ this\ (?:report|story|article|column|post|piece))
    (?:\ (?:from|for|in)\ .{{1,60}})?)?\.?""",
    re.VERBOSE,
)
LEGAL = re.compile(
    r"""(?:(?:copyright\ )?(?:©|\(c\)\s?(?=\d{4})|&copy;)\s?.{0,240}|copyright\ (?:\(c\)\ )?\d{4}.{0,300}
    |.{0,120}\ball\ rights\ reserved\b.{0,160}|.{0,80}\bmay\ not\ be\ (?:published|reproduced
    |redistributed),?\ .{0,200}
    |distributed\ by\ [A-Z].{2,80}|\(?this\ (?:article|story|post|piece|column|essay|report|op-ed|interview
    |commentary)[ ]
      (?:is\ |was\ |has\ been\ )?(?:(?:originally|first|also|previously)\ )?
      (?:appeared|published|republished|produced|co-published|reprinted|excerpted|adapted)\ (?:on|in|at|by|from
      |with|as|under)\ .{2,240}
    |(?:the\ )?(?:views|opinions)\b.{0,60}\bexpressed\b.{0,120}(?:\bnot\ (?:necessarily\ )?(?:represent|reflect)
      |\bare\ (?:those\ of|(?:his|her|their|my|the\ author[’']s)\ own|solely)).{0,160}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
COOKIES = re.compile(
    r"""(?:we\ (?:and\ our\ partners\ )?use\ cookies\b|this\ (?:web)?site\ uses\ cookies\b|accept\ (?:all\ )?cookies
    |cookies?\ (?:policy|settings|notice|preferences|consent)\W{0,3}$|manage\ (?:cookies|cookie|consent|preferences)
    |by\ (?:continuing|using|clicking|signing|subscribing|submitting|registering|providing|entering)\b
      (?=.{0,200}\b(?:cookies|privacy|terms|consent|agree)\b)
    |this\ site\ is\ protected\ by\ recaptcha).{0,400}""",
    re.IGNORECASE | re.VERBOSE,
)
# An imperative or a question at the start and a word of promotion behind it.
PROMOTION = re.compile(
    rf"""(?:
    (?:sign\ up|subscribe|get|want|join|stay|start|support|thank\ you\ for\ signing|catch\ up|don[’']t\ miss
    |never\ miss|let\ our
      |check\ out|download|enter|listen|enjoy|discover|receive|keep\ up|click|tap|looking\ for|have\ a|got\ a
      |send|register|become)\b
      (?=.{{0,300}}\b(?:newsletters?|inbox|podcasts?|alerts?|briefing|paywall|subscribers?|subscription|e-?mails?
      |updates|membership
      |our\ (?:app|journalism|daily|weekly|free|channel|reporting|website|community)|click\ here|sign\ up|
      (?:sent|delivered)\ (?:straight\ )?to\ you|apple\ podcasts|in\ your\ (?:mailbox|feed)|nonprofit\ newsroom
      |mobile\ app)\b).{{1,400}}
    |sign\ up\ (?:for|to)\ (?:our|the|daily|breaking|free|receive|get)\b.{{1,160}}
    |(?:follow|like|join|find|watch)\ .{{1,80}}\ (?:on|at)\ (?:{_NETWORK}|@)\b.{{0,160}}
    |(?:follow|find)\ (?:him|her|them|us|me)\ (?:on|at)\ .{{1,80}}
    |subscribe\ (?:to|for|on|here|now)\b.{{0,160}}
    |(?:click|tap)\ (?:here|on\ the)\b.{{0,200}}
    |(?:don[’']t|can[’']t|cannot)\ see\ the\ .{{1,80}}
    |(?:let\ us\ know|send|e-?mail|contact|write\ to|reach|got\ a\ tip)\b.{{0,120}}[\w.+-]+@[\w-]+\.\w.{{0,60}}
    |{_NAME}\ (?:can\ be|may\ be)\ reached\ at\b.{{0,120}}
    |for\ .{{3,200}},?\ (?:subscribe|sign\ up|click\ here|follow\ us)\b.{{0,120}}
    |read\ or\ share\ this\ story:.{{0,200}}
    |(?:you\ can\ )?(?:read|find)\ more\ (?:\w+\ )?(?:information|news|messages|stories
    |articles)\b.{{0,60}}\b(?:on|at)\b.{{2,60}}
    |like\ what\ you[’']re\ reading\b.{{0,120}}|visit\ .{{1,60}}\ for\ more\b.{{0,80}}
    |support\ .{{1,40}}[’']s?\ .{{0,30}}journalism.{{0,60}}
    |to\ (?:read|see|view|receive|subscribe|sign|get|comment|contact|support|donate|find\ out|learn)\b.{{1,120}}
      \b(?:click|visit\ (?=\S*\.|our\b|the\ website)|subscribe|sign\ up|go\ to|log\ (?:in|on)|follow\ us)\b.{{0,120}}
    |(?:continue\ reading|read\ (?:more|the\ full\ (?:story|article)))\ (?:at|on|in|here|from)\b.{{0,80}}
    |share\ this\ (?:article|story|post|page)\b.{{0,80}}|share\ this:.{{0,80}}|(?:tags|filed\ under|topics
    |categories)\s?:.{{0,200}}
    |(?:source|via|h/t)\s?:\s?\S{{1,40}}(?:\ \S{{1,20}}){{0,4}}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
BYLINE = re.compile(
    rf"""(?:By|BY)\ (?!{_MONTH_OR_DAY}\b)(?:{_NAME}|[A-Z][\w.'’-]+)(?:(?:,|\ and|\ &|;|\s\|)\ (?:{_NAME}
    |[A-Z][\w.'’-]+)){{0,5}}
    (?:,?\ (?:in|for|of)\ [A-Z][\w.'’ -]{{1,40}})?(?:(?:,|\s\||\ [-–—•·])\ .{{0,40}})?
    |\(?(?:[-–—]\s?)?(?:(?:Last\ |First\ )?(?:[Uu]pdated|[Pp]ublished|[Pp]osted|[Mm]odified|UPDATED|PUBLISHED
    |POSTED|[Pp]ublished))
    (?:\ on|\ at|:)?\s+{_WHEN}(?:[\s,|]*(?:[Uu]pdated|UPDATED):?\s+{_WHEN})?\)?
    |(?:{_MONTH_OR_DAY},?\s+)?(?:\d{{1,2}}\s+{_MONTH_OR_DAY}
    |{_MONTH_OR_DAY}\s+\d{{1,2}}),?\s+\d{{4}}(?:[\s,|–—-]{{1,3}}{_WHEN})?
    |[A-Z]{{3,}}(?:[\s,][\s]?[A-Z][\w.]+){{0,3}}\s(?:\([A-Z][\w /]+\)\s?)?[–—-]{{1,2}}""",
    re.VERBOSE,
)
CAPTION = re.compile(
    rf"""(?:
    enlarge\ this\ image\b.{{0,500}}|(?:image|media|figure|video|photo)\ (?:caption|source|copyright
    |credit)\b[,:]?.{{0,500}}
    |file(?:\ photo|\ picture|\ image|\ -)?\s?:\s?(?P<file>.{{1,500}})|file\ (?:photo|picture)\.?
    |(?:\()?(?:photo(?:graph)?s?|picture|image|photo\ credit|credits?|photo\ illustration|illustration|video
    |screenshot)
      (?:\s?:|\ by|\ courtesy(?:\ of)?|\.\.\.|\ via|\s?\|)\s?(?P<credit>[^.!?]{{1,100}})\.?\)?
    |\(?{_AGENCY}\)?|\(pixabay\)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
DEBRIS = re.compile(r"""\{"\w+":.{0,400}|\w+="https?://[^"\s]*"|https?://\S+|pic\.twitter\.com/\S+|@\w{2,20}""")
CREDIT_TAIL = re.compile(rf"(?<![\w/]){_CREDIT}$")
FILE_LEAD = re.compile(
    rf"FILE(?: PHOTO| PICTURE|)\s?[:–—-].{{1,500}}?(?:{_CREDIT})(?=\s|$)(?:\s?\bFile Photo\b)?"
    rf"|FILE(?: PHOTO)?\s?[:–—-].{{1,400}}?REUTERS",
)

# "KORTACH, Harvenia (Halyard) - ", "BRUSSELS — ": where and from whom a report comes, before its first sentence.
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\- ]*[A-ZÀ-Þ.](?=[, (–—-])"
_AGENCY = r"\([A-Z][\w ./&]{0,25}\)"
DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, [\w. ]{{2,30}}){{0,2}}\s(?:{_AGENCY}\s?[–—-]+|—(?=\s[A-ZÀ-Þ“‘\"']))"
    rf"|[A-Z][\w.'’ -]{{1,30}}(?:, [\w. ]{{2,30}}){{1,2}}\s{_AGENCY}\s?[–—-]+"
    rf"|{_AGENCY}\s?[–—-]+)\s"
)

# Furniture glued behind the end of a sentence.
_AFTER = r"(?:(?<=[.!?…][\"”’')\]])|(?<=[.!?…”)\]]))\s*"
TAIL = re.compile(
    _AFTER
    + rf"""(?P<tail>(?:
    (?i:source\ link)|Read\ [Mm]ore\s?(?:[…»>→.]{{0,3}}|here\W?|(?:at|on)\ [A-Z][\w.'’ ]{{1,50}}|[:|]\s?.{{0,160}})
    |READ\ MORE\b.{{0,160}}|(?:Also|ALSO)\ (?:[Rr]ead|READ)\s?[:|].{{0,160}}|(?:See|SEE)\ (?:[Aa]lso
    |ALSO)\s?[:|].{{0,160}}
    |Read\ the\ (?:rest|full\ (?:story|article|report))\b.{{0,80}}|Continue\ [Rr]eading\b\s?(?:[…»>→.:]|at\b|on\b
    |here\b|below\b|$).{{0,80}}
    |(?i:click\ here)\b\ ?(?:to|for|$)?.{{0,120}}|Follow\ (?:us|@\w+|him|her)\ on\ {_NETWORK}\b.{{0,60}}
    |Share\ this(?:\ (?:article|story|post))?\W{{0,2}}|ADVERTISEMENT|Advertisement|All\ rights\ reserved\.?
    |(?:Copyright\ )?©.{{0,160}}|Copyright\ \d{{4}}.{{0,160}}|By\ signing\ up,?\ you\ agree\b.{{0,300}}
    |This\ site\ is\ protected\ by\ (?:re)?CAPTCHA.{{0,160}}
    |(?:Sign\ up|Subscribe)\ (?:for|to)\ (?:our|the|receive)\b.{{0,120}}(?:newsletters?|inbox|channel|podcast
    |alerts?).{{0,40}}
    |\((?:Additional\ )?[Rr]eporting\ by\ [A-Z][^()]{{2,300}}\)
    |\(?[Rr]eporting\ by\ {_NAME}[^()]{{0,200}};\ [^()]{{0,100}}[Ee]diting\ by\ .{{2,100}}
    |\((?:AP\ Photo|Photo|PHOTO|Image|Picture)\b[^()]{{1,100}}\)
    ))$""",
    re.VERBOSE,
)
INLINE = re.compile(
    r"[(\[](?:RELATED|READ MORE|SEE ALSO|ALSO READ|WATCH|READ|MORE|LISTEN|Related|Read more|See also|Also read)"
    r"(?: (?:STORY|STORIES|ARTICLE|VIDEO))?:[^()\[\]\r\n]{1,200}[)\]]"
    r"|(?<=[.!?”])\s?(?:ADVERTISEMENT|Advertisement)(?=\s[A-Z“])"
)

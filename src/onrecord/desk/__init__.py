"""Who may use the pages of a ledger, in a file beside it: people, their sessions and tokens, and what was done.

`news.ledger` has its desk in `news.ledger.desk`. Nothing of it is part of the record, so that the ledger can be handed
on without it: no judgement or brief needs the desk to be read or checked.

    store.py      the file: opening, schema, transactions
    people.py     letting in, roles, passwords, shutting out
    sessions.py   who has logged in, from when until when
    tokens.py     what programs send in place of a password
    attempts.py   how long somebody who guesses has to wait
    audit.py      what was done, by whom, from where; only appended
    searches.py   searches that people keep, and when they last looked
"""

from onrecord.desk.audit import Hand
from onrecord.desk.store import Desk

__all__ = ["Desk", "Hand"]

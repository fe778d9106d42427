"""Where each report's content comes from, which reports copy which, and which are shown to be independent."""

from onrecord.linking.origins.copying import Copy, Fingerprint, candidates, compared, copies, fingerprint
from onrecord.linking.origins.counting import independent_origins
from onrecord.linking.origins.finding import Reading, origins, read_origins
from onrecord.linking.origins.showing import independence

__all__ = [
    "Copy",
    "Fingerprint",
    "Reading",
    "candidates",
    "compared",
    "copies",
    "fingerprint",
    "independence",
    "independent_origins",
    "origins",
    "read_origins",
]

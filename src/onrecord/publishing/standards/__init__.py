"""The record in formats that others have agreed on: schema.org, Web Annotation, PROV, followthemoney, GeoJSON.

Each is a function from a snapshot to lines of text, and streams; a map asks for a table of places too. None says more
than the record holds.
"""

from onrecord.publishing.standards.followthemoney import ftm_lines
from onrecord.publishing.standards.geojson import Tally, geojson_lines
from onrecord.publishing.standards.prov import prov_lines
from onrecord.publishing.standards.schema_org import jsonld_lines
from onrecord.publishing.standards.web_annotations import annotation_lines

__all__ = ["Tally", "annotation_lines", "ftm_lines", "geojson_lines", "jsonld_lines", "prov_lines"]

"""What could be checked: a claim with a place and a day, and the satellite scenes of a catalogue that cover both.

Nothing is fetched and no image is opened: what is told is that scenes are there, "not inspected".
"""

from onrecord.weighing.checkable.catalogue import covering, scenes, whole
from onrecord.weighing.checkable.claims import Wanted, wanted
from onrecord.weighing.checkable.scenes import Coverage, Scene, words

__all__ = ["Coverage", "Scene", "Wanted", "covering", "scenes", "wanted", "whole", "words"]

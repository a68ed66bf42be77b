"""How the cosines of a sentence model are to be read, so that all models mean the same by "near".

One model gives 0.03 to texts that have nothing to do with each other and 0.35 to a question and
what answers it in other words, another 0.74 and 0.81. Thresholds and mixtures need one scale.
"""

import msgspec
import numpy as np

from indexer.arrays import Floats

# Where a question and what answers it in other words are on this scale.
ANSWERING = 0.38
# A model that tells these apart by less cannot be read by its cosines' differences.
_LEAST_APART = 0.02


class Scale(msgspec.Struct, frozen=True):
    """The cosine of what is `unrelated`, and of a question and what is `answering` it."""

    unrelated: float = 0.0
    answering: float = ANSWERING

    def nearness(self, cosines: Floats) -> Floats:
        """How near cosines are by whichever model: 0 for what is unrelated, up to about 1."""
        apart = self.answering - self.unrelated
        near = (cosines - np.float32(self.unrelated)) * np.float32(ANSWERING / apart)
        return np.asarray(near, np.float32)


def scale_of(unrelated: float, answering: float) -> Scale:
    """The scale of a model by what it gives to known texts; cosines as they are if to no avail."""
    return Scale(unrelated, answering) if answering - unrelated >= _LEAST_APART else Scale()

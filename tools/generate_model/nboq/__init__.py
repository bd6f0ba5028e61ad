"""From the NBO v02-01 sources to the NBO-Q modules of ``schema/``."""

from tools.generate_model.nboq.modules import module_texts, write_modules

__all__ = ["module_texts", "write_modules"]

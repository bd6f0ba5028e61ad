"""From the NBO v02-01 sources to ``schema/instrument.yaml``."""

from tools.generate_model.nboq.instrument import instrument_yaml, write_instrument

__all__ = ["instrument_yaml", "write_instrument"]

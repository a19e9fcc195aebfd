"""Khoosheh: the register of public statements about a province's development programme."""

__version__ = "0.1.0"

"""Khoosheh: the register of public statements about a province's development programme."""

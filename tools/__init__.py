"""Tools for those who work on Khoosheh."""

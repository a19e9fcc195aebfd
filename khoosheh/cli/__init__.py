"""The command line: ``python -m khoosheh COMMAND``. It gives the same numbers as the pages."""

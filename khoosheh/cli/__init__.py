"""The commands of ``python -m khoosheh COMMAND``, which give the same numbers as the pages."""

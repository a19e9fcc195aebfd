"""Which place the province was said to have, and what that place says."""

from khoosheh.ui import ranking, shell

ranking.draw(shell.current())

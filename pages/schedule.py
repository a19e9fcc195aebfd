"""What was promised for when, and what came of it."""

from khoosheh.ui import schedule, shell

shell.show(schedule.draw)

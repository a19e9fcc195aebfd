"""How much of a file is read: all of it is known before anything is parsed, and enforced while it is."""

MIB = 1 << 20

# a file as it is given
BYTES = 50 * MIB
# what may come out of a zip, and of how many parts
UNPACKED_BOOK = 256 * MIB
UNPACKED_PACKAGE = 1024 * MIB
PARTS = 2000
DIRECTORY = MIB
# cells between the first and the last filled one; a reader sets memory aside for all of them
CELLS = 3_000_000
COLUMNS = 1000
SHEETS = 200
MERGED = 20_000
# the process that parses
MEMORY = 1536 * MIB
SECONDS_OF_WORK = 60
SECONDS_TO_WAIT = 90
ANSWER = 256 * MIB

"""The pages of the app, named as in their files and addresses, with their icons."""

ICONS = {
    "overview": ":material/dashboard:",
    "investment": ":material/payments:",
    "ranking": ":material/leaderboard:",
    "value_chains": ":material/account_tree:",
    "schedule": ":material/event_available:",
    "cluster": ":material/hub:",
    "evidence": ":material/fact_check:",
    "data": ":material/upload_file:",
    "present": ":material/slideshow:",
}
PAGES = tuple(ICONS)
# the page on which visitors upload files
UPLOADER = "data"
# the page that presents slides on the full screen
PRESENT = "present"

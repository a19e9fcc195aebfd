"""The pages of the app, by the names of their files and addresses, and their icons."""

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
# takes files of visitors
UPLOADER = "data"
# fills the screen, and is reached from each page for what that page shows
PRESENT = "present"

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
}
PAGES = tuple(ICONS)

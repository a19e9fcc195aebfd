"""How the server's memory and answers fare while visitors come and go for an hour."""

"""Khoosheh: run with ``streamlit run app.py``.

The server imports this file for the ASGI app; for each visit Streamlit runs it as a script.
"""

import streamlit as st

from khoosheh.ui import server, shell

if __name__ == "__main__":
    shell.run()
else:
    app = st.App(__file__, middleware=server.middleware(), routes=server.routes(), lifespan=server.lifespan)

"""Khoosheh: run with ``streamlit run app.py``.

The server imports this file for the ASGI app; for each visit Streamlit runs it as a script.
"""

import streamlit as st

from khoosheh.ui import shell
from khoosheh.ui.serving import server

if __name__ == "__main__":
    shell.render_app()
else:
    app = st.App(
        __file__, middleware=server.build_middleware(), routes=server.build_routes(), lifespan=server.manage_lifespan
    )

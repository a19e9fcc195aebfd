"""What the pages share on the screen. Streamlit is imported here, in ``app.py`` and in ``pages/`` only."""

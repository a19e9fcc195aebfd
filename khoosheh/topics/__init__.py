"""Topics: one folder a topic of the programme, with its findings, each declared once.

Here belongs what a finding is called, which rows it asks for, how they read in words, tables and slides, and which
figure shows them. Here does not belong: arithmetic (measures), drawing (figures), how a page or file is laid out.
"""

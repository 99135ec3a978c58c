"""Widgets: rules and runs stay in Python, the browser draws."""

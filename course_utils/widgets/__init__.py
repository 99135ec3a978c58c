"""Widgets: Python says what there is, the browser draws it and plays."""

"""A bare page with widgets in it, as a notebook stores them."""


def page_of(*widgets):
    """HTML that holds what the widgets give where there is no kernel."""
    text = "".join(widget.static()["text/html"] for widget in widgets)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lesson</title></head>'
        f"<body><main><h1>Lesson</h1>{text}</main></body></html>"
    )

"""A class as it really hands in: answers out of the bank, and what happens to files on the way."""

import json
import os
import random

import nbformat
from classroom import bank, submission
from nbformat.v4 import new_code_cell

FIRST = ["Ana", "José", "Łukasz", "Zoë", "O'Brien", "Anne Marie", "Ünal", "Nguyễn", "李", "von der"]
LAST = ["García", "Smith", "Müller-Lüdenscheidt", "Øst", "da Silva", "Ng", "Çelik", "🦊", "D'Arcy"]


# What becomes of a notebook: nb is changed; or what is returned is the content.


def duplicated(nb, rng):
    nb.cells += [cell | {"id": f"again{i}"} for i, cell in enumerate(nb.cells)]


def deleted(nb, rng):
    del nb.cells[rng.randrange(len(nb.cells))]


def retyped(nb, rng):
    rng.choice(nb.cells).cell_type = rng.choice(["markdown", "raw", "code"])


def reordered(nb, rng):
    rng.shuffle(nb.cells)


def locked_cells_changed(nb, rng):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source = "print('mine')"


def other_kernel(nb, rng):
    name = rng.choice(["ir", "julia-1.10", "python2", "mine"])
    nb.metadata.kernelspec = {"name": name, "display_name": name, "language": "R"}


def own_cells(nb, rng):
    for source in ["1 / 0", "print('x' * 10**6)", "%matplotlib inline", "!ls", "check = 5"]:
        nb.cells.insert(rng.randrange(len(nb.cells) + 1), new_code_cell(source))


def without_metadata(nb, rng):
    for holder in [nb, *nb.cells]:
        holder.metadata.clear()


def of_version_3(nb, rng):
    return nbformat.writes(nbformat.convert(nb, 3)).encode()


def with_byte_order_mark(nb, rng):
    return b"\xef\xbb\xbf" + json.dumps(nb).encode()


def of_50_megabytes(nb, rng):
    return json.dumps(nb).encode() + b" " * 50_000_000


def cut_off(nb, rng):
    raw = json.dumps(nb).encode()
    return raw[: rng.randrange(len(raw) - 1)]


def merge_conflict(nb, rng):
    return b"<<<<<<< HEAD\n" + json.dumps(nb).encode() + b"\n=======\n>>>>>>> mine\n"


def in_utf_16(nb, rng):
    return json.dumps(nb).encode("utf-16")


def with_null(nb, rng):
    nb.cells[rng.randrange(len(nb.cells))]["source"] = None


def content(raw):
    return lambda nb, rng: raw


NOTEBOOKS = {  # a change, and whether points stay, are lost, or may be either
    "as it should be": (lambda nb, rng: None, "stay"),
    "duplicated cells": (duplicated, "stay"),
    "a cell deleted": (deleted, "either"),
    "a cell retyped": (retyped, "either"),
    "cells reordered": (reordered, "either"),
    "locked cells changed": (locked_cells_changed, "stay"),
    "another kernel": (other_kernel, "stay"),
    "own cells": (own_cells, "either"),
    "no metadata": (without_metadata, "either"),
    "version 3": (of_version_3, "stay"),
    "a byte order mark": (with_byte_order_mark, "stay"),
    "version 99": (lambda nb, rng: nb.update(nbformat=99), "lost"),
    "UTF-16": (in_utf_16, "lost"),
    "a null": (with_null, "lost"),
    "50 MB": (of_50_megabytes, "lost"),
    "cut off": (cut_off, "lost"),
    "a merge conflict": (merge_conflict, "lost"),
    "empty": (content(b""), "lost"),
    "a web page": (content(b"<!DOCTYPE html><title>Sign in</title>"), "lost"),
    "JSON, but no notebook": (content(b'{"cells": 3}'), "lost"),
}


# Where the file lies: `place` is where it should.


def usual(place, raw):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(raw)


def at(name):
    def lay(place, raw):
        usual(place.parent / name, raw)

    return lay


def flat(place, raw):
    usual(place.parents[1] / place.name, raw)


def link(target):
    def lay(place, raw):
        place.parent.mkdir(parents=True)
        place.symlink_to(target)

    return lay


def linked_folder(place, raw):
    usual(place.parent.with_name("elsewhere") / place.name, raw)
    place.parent.symlink_to("elsewhere")


def a_pipe(place, raw):
    place.parent.mkdir(parents=True)
    os.mkfifo(place)


PLACES = {  # only for a notebook as it should be
    "a copy's name": (at("nesterov (1).ipynb"), "stay"),
    "capitals": (at("Nesterov.IPYNB"), "stay"),
    "another name": (at("homework final FINAL.ipynb"), "stay"),
    "nested": (at("nesterov/nesterov.ipynb"), "stay"),
    "no folder": (flat, "stay"),
    "a document": (at("nesterov.docx"), "lost"),
    "an archive": (at("nesterov.zip"), "lost"),
    "a folder for a file": (at("nesterov.ipynb/nesterov.ipynb"), "lost"),
    "a link": (link("/etc/passwd"), "lost"),
    "a link to nothing": (link("nothing.ipynb"), "lost"),
    "a linked folder": (linked_folder, "lost"),
    "a pipe": (a_pipe, "lost"),
}
ANSWERS = 4  # of each kind: a class has many alike
RARE = {"50 MB"}  # once a class: they take time to write


def hand_in(submitted, name, count, seed, usual_ones=0):
    """Write a class; {student: (kind, if the answer is right, what becomes of its points)}.

    So many of the notebooks are as they should be, of the rest each kind comes equally often.
    """
    rng = random.Random(seed)
    kinds = [kind for kind in [*NOTEBOOKS, *PLACES] if kind not in RARE]
    kinds = rng.sample(kinds, len(kinds))
    kinds = ["as it should be"] * usual_ones + kinds * count
    kinds = kinds[: count - len(RARE)] + sorted(RARE)
    expected = {}
    for i, kind in enumerate(kinds):
        student = f"{rng.choice(FIRST)} {rng.choice(LAST)} {i}"
        right = rng.random() < 0.6
        nb = submission(
            name, rng.choice(bank(name, "right" if right else "wrong")[:ANSWERS]), lean=True
        )
        change, points = NOTEBOOKS.get(kind, NOTEBOOKS["as it should be"])
        changed = change(nb, rng)
        raw = changed if isinstance(changed, bytes) else json.dumps(nb).encode()
        lay, points = PLACES.get(kind, (usual, points))
        lay(submitted / student / name / f"{name}.ipynb", raw)
        expected[student] = kind, right, points
    return expected

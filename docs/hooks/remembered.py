"""What a build leaves to the next one under `mkdocs serve`.

MkDocs loads its hooks anew for each build; what they import stays.
"""

pages: dict[
    str, tuple
] = {}  # by path: what decides how it is rendered, and how
built: dict[str, frozenset] = {}  # by language: the files that it was built of

"""Verifies what the pages print: code, outputs, numbers, figures and more."""

from verify.project import add_import_paths

# pytest does this by itself; `python -m verify.update` needs it.
add_import_paths()

"""Verifies what the pages print: code, outputs, numbers, figures and more."""

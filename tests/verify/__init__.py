"""Verifies what the pages print: code, outputs, numbers, figures and more."""

import os

# Else a training of one second takes 25 where processes test side by side.
os.environ.setdefault("OMP_NUM_THREADS", "1")

"""Imports the two packages whose project folder bears the same name; no example has a time limit.

pytest's importlib mode names a test file by its path (`local_workspace.tests.test_x`) and would
otherwise put the folder, as an empty namespace package, in the place of the real package.
"""

from hypothesis import settings

import gateway  # noqa: F401
import local_workspace  # noqa: F401

# An example that takes long tells of a busy machine only.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

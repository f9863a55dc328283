"""Imports the two packages whose project folder bears the same name.

pytest's importlib mode names a test file by its path (`local_workspace.tests.test_x`) and would
otherwise put the folder, as an empty namespace package, in the place of the real package.
"""

import gateway  # noqa: F401
import local_workspace  # noqa: F401

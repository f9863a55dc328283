"""Asks a running workspace through `databricks-ai-bridge`'s Genie class: a client not of ours.

The package brings mlflow, pandas and 50 more (310 MB), so it is no dependency of ours. By hand:

    python -m venv /tmp/bridge && /tmp/bridge/bin/pip install databricks-ai-bridge
    python -m local_workspace          # prints DATABRICKS_HOST and DATABRICKS_TOKEN: export both
    /tmp/bridge/bin/python local_workspace/scripts/check_ai_bridge.py
"""

# ruff: noqa: T201 - a script talks to the person who runs it

import os
import sys
import tempfile

# The slim mlflow that comes along can trace into a folder only.
os.environ.setdefault("MLFLOW_TRACKING_URI", f"file://{tempfile.mkdtemp()}")
os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

from databricks.sdk import WorkspaceClient
from databricks_ai_bridge.genie import Genie


def main() -> int:
    """Returns 0 when all answers are right."""
    client = WorkspaceClient()
    space = next(s for s in client.genie.list_spaces().spaces if "flights" in s.title)
    genie = Genie(space.space_id, client=client, return_pandas=True)
    total = genie.ask_question("How many flights were there in 2013?")
    print(total.query, total.result, sep="\n")
    by_origin = genie.ask_question("and by origin?", total.conversation_id)
    print(by_origin.query, by_origin.result, sep="\n")
    back = genie.ask_question("Who is the CEO of Delta?")
    print(back.result, back.text_attachment_content, back.suggested_questions, sep="\n")
    right = int(total.result.iloc[0, 0]) == 336_776 and len(by_origin.result) == 3
    return 0 if right and back.suggested_questions else 1


if __name__ == "__main__":
    sys.exit(main())

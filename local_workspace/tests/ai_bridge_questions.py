"""Asks through databricks-ai-bridge's own Genie class; run by test_ai_bridge.py in its own Python.

    python ai_bridge_questions.py HOST TOKEN SPACE

Prints one JSON object.
"""

import json
import sys

from databricks.sdk import WorkspaceClient
from databricks_ai_bridge.genie import Genie


def main() -> None:
    host, token, space = sys.argv[1:]
    genie = Genie(space, client=WorkspaceClient(host=host, token=token))
    first = genie.ask_question("How many flights were there in 2013?")
    follow_up = genie.ask_question("and by origin?", first.conversation_id)
    frame = Genie(
        space, client=WorkspaceClient(host=host, token=token), return_pandas=True
    ).ask_question("average departure delay by carrier")
    unclear = genie.ask_question("How happy are the passengers?")
    json.dump(
        {
            "description": genie.description,
            "total": first.result,
            "sql": first.query,
            "same_conversation": first.conversation_id == follow_up.conversation_id,
            "by_origin": follow_up.result,
            "frame": [list(frame.result.columns), len(frame.result)],
            "unclear": [unclear.result, unclear.query],
            "suggestions": unclear.suggested_questions,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()

"""The REST gateway: JSON and server-sent events in front of the orchestrator. No decisions."""

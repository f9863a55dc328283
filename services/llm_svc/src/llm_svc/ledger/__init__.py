"""The service's own memory: outcomes by request id, and what every call cost."""

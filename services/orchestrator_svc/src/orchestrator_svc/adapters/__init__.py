"""The world behind the ports: other services over gRPC."""

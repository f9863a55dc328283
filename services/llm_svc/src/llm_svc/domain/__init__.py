"""What a completion is and the rules around it; imports neither grpc nor vendors."""

"""What Genie's answers mean. Imports neither a transport nor a vendor."""

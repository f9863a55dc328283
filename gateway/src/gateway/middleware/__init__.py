"""What surrounds every request, one file each."""

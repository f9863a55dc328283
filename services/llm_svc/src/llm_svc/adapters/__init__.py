"""The world behind the ports; one file for each kind of provider."""

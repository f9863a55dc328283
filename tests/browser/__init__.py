"""What tests that look through a real Chromium share."""

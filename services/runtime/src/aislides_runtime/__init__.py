"""What every service needs to run: errors, settings, logs, deadlines, servers and channels."""

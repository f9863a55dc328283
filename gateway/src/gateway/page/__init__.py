"""The web page: server-rendered HTML, plain modules, one style sheet. No build step."""

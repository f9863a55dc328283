"""The REST endpoints, one router a resource."""

"""Charts: one pure file each, from prepared data to SVG."""

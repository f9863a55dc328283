"""Scripted stand-ins behind our own ports. They fail when a scripted reply is left over."""

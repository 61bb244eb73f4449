"""Watching a scene: every save of a source file shows its new last still. `python -m renders.watch MatrixView`.

saves      tells which source files were saved
workers    keeps a process ready in which manim is imported and none of our modules
drawing    what such a process does once: import our modules as they are now, draw the still or film the clip
page       shows it in the browser, on this machine only

The process in front serves the page and waits for saves; it draws nothing, so that no edit can break it.
"""

"""Layers and networks that other programs trained: what PyTorch, Keras and their files call what is called here.

Neither is imported: only attributes are looked at. What has no meaning here is refused by name.
"""

"""What is known of English beside any report: the words of a text, how rare each is in news, what passages mean.

Tables in the package, read once; every stage may use it, and it knows of no stage.
"""

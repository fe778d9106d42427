"""The newsroom watched at a day a minute, undisturbed and killed."""

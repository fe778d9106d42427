"""Archives: how much of good and of damaged ones is read, how fast, and in how much memory."""

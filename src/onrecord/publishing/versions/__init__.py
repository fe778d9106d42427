"""What became of the words of a page: its versions, how two of them differ, and what rests on changed words."""

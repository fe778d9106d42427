"""What is linked, turned into page objects without HTML: utterances, actors and stories."""

"""What runs the programs that stand beside ours: environments, runners, and how their spans are taken."""

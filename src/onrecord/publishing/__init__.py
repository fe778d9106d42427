"""What the record looks like from outside: page objects without a line of HTML, and exports."""

"""Pages of what weighing derived: relations, figures through time, the docket, hypotheses, grades."""

"""What was: revisions, moments, comparisons, iterations, and what people take with them."""

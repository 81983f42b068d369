"""What is known of one case and what surrounds it: state, acts, and the one surface rules read."""

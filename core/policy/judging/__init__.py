"""The decision on one act, pure: what `decide` calls, one verb a module, and what follows from rulings."""

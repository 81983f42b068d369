"""The steps of a project in Baiyun, phase by phase, in the order of the regulation."""

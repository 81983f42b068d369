"""The steps of Jiujiang's paths, one module per run of the regulation."""

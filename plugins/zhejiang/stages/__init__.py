"""The stages of the three classes, one file per part of the way."""

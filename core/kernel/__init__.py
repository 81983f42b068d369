"""What every storey stands on: values, errors, time, tenancy, database and settings.

Nothing here knows a project, a regulation or a place. Import the module that has the word you need
(`core.kernel.money`, `core.kernel.workdays`), not this package: it re-exports nothing, so that a
reader sees at each import where a word comes from and a command that needs no database loads none.
"""

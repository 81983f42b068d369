"""The demo world (演示环境): a district with its offices, units, experts and round, and projects on their way.

`world` makes it, `journeys` plays whole projects in one over HTTP, `places` says who acts there. Names of projects are
real, taken from public procurement notices of another city; they are shown under this regulation as examples only.
"""

"""What can be proved of any plugin without knowing its place.

| file | proves |
|---|---|
| `graphs.py` | where stages lead: dead ends, unreachable stages, loops without a bound |
| `boundaries.py` | figures: cases at, just under and just over each limit; partitions without gap or overlap |
| `wording.py` | titles, codes, citations, gates and clocks: nothing nameless, idle or without a basis |
| `purity.py` | the plugin's source: no clock, chance, network or number where it does not belong |

`core.policy.conformance` gathers them into one test class.
"""

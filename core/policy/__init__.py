"""Policy: a regulation as enumerable data, and the pure decision over it.

Plugins import the rule objects from the modules here (`flow`, `tracks`, `gating`, `limits`, `papers`, `values`,
`actors`, `regulation`, `citations`, `openings`) and answer the hooks of `hookspecs`. Core asks `registry` for a
place's rulebook and `deciding.decide` for every act.
"""

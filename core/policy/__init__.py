"""Policy: a regulation as enumerable data, and the pure decision over it.

`hookspecs` are the questions core asks a place; `rules` holds the typed objects they are answered with. `cases` is what
is known of one case, `rulebooks` what is put together of a plugin, its editions and a tenant's options; `proving`
checks a plugin. `judging.deciding` judges one act. Above it: `scenarios`, `coverage`, `conformance`, `comparing`, and
`printing`.
"""

"""Who is served: tenants, their sign-in context, and the assembly of the processes that serve them (租户)."""

"""Rules put together: a plugin asked, its answers checked, indexed and composed with what a tenant has chosen."""

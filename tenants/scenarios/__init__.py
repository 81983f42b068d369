"""Scenarios played over HTTP on this installation: what each is given is put into the database, then it is served."""

from tenants.scenarios.serving import serve

__all__ = ["serve"]

"""What a regulation is made of: the typed, frozen objects with which a plugin answers its hooks."""

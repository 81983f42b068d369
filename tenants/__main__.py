"""`python -m tenants` is `lixiang`, for children that must use the interpreter of their parent."""

from tenants.bootstrap import main

main()

"""The public API, version 1 (接口): every act and every page of data, for consoles and other systems.

One file per resource. `asking` finds who asks and opens the one unit of work of a request; `problems` answers every
error in one format. Logic stays in the services below.
"""

"""The workbench: pages over the engine, with a database, roles and an audit log. It judges nothing itself."""

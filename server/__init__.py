"""How the room is served: the log, the live rooms, HTTP, WebSockets and the command line."""

"""Pictures drawn on the server: they need no script, they print, and a reader can tab through."""

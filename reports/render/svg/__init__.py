"""Pictures as text: what web and reports both draw with."""

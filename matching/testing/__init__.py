"""For testing what matches: tiny worlds with known right answers, and a contract of signals."""

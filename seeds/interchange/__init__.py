"""How facts stand in the files of other programs, so that our own exports come back exactly."""

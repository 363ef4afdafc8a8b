"""The map: groups first, then one group, then the neighbourhood of one organisation."""

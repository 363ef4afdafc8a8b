"""What the board reads: a report as data, and the forms it comes in."""

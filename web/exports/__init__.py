"""Files that leave the app: tables that spreadsheets open, and maps that open without it."""

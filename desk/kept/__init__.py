"""What a page sent after its sign-in was over: kept for the account that typed it, and offered again."""

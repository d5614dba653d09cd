"""What training hears: sentences, who says them, and the recordings in one folder."""

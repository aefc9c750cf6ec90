"""A live room: what it decides, what it shows, who is in it; and all of them."""

"""How browsers keep cookies: where, in what layout, and how to read and change it without harm."""

"""What the program does: the verbs that both front ends call."""

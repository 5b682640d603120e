"""The parts the screens are made of; none of them reads a store."""

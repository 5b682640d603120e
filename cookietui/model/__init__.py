"""What things are: values only, no input or output."""

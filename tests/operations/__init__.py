"""The verbs both front ends call, on real stores."""

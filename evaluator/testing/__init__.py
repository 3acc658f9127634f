"""Cases as tests of rules: run, measured by what they cover, drafted, and tried on rules that are a step otherwise. Pure."""

"""The engines: hypothesis draws every choice of a mutation; atheris keeps what reached new code and mutates that."""

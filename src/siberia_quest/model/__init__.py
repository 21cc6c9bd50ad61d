"""The nouns: frozen values that every other room talks about."""

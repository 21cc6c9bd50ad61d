"""From YAML to a story, or to a list of diagnostics. The only room that knows YAML."""

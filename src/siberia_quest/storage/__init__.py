"""What stays on disk: saves, profile, transcripts, compiled cache. JSON or MessagePack; never YAML or pickle."""

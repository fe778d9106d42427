"""Whether the interface for programs answers as its OpenAPI document says."""

"""Chat models: the providers, what their servers take, their failures, and the local model's process."""

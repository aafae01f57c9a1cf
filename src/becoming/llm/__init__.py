"""Language models: one OpenAI-compatible client, the embedded llama.cpp server, the model files."""

"""Model directories: OpenAI's weights in, the sealed directory that is shipped out."""

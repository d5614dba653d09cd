"""The training: the encoder on short context, and the head that writes characters. Needs PyTorch."""

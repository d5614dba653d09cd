"""The learned reading: sentences to train on, the network, its training and its export."""

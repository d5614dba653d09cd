"""The head: states of three encoder layers in, log-probabilities of characters out.

    u = proj( [norm0(layer 4) | norm1(layer 5) | norm2(final)] )          LayerNorms over 512, eps 1e-5
    u = u + gelu(conv0(u))                                                kernel 5, zero padding 2, exact (erf) GELU
    u = u + gelu(conv1(u))
    log_softmax( out(u) )

Dropout sits, while training only, on each gelu(conv) and before out.
"""

import torch
from torch import nn
from torch.nn import functional as F

from zahlwort_training.data import spelling

STATE, PARTS = 512, 3


class Head(nn.Module):
    def __init__(self, width: int = 256, kernel: int = 5, convolutions: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm = nn.ModuleList(nn.LayerNorm(STATE) for _ in range(PARTS))
        self.proj = nn.Linear(PARTS * STATE, width)
        self.conv = nn.ModuleList(nn.Conv1d(width, width, kernel, padding=kernel // 2) for _ in range(convolutions))
        self.out = nn.Linear(width, len(spelling.ALPHABET))
        self.dropout = dropout

    def forward(self, states: torch.Tensor, inside: torch.Tensor | None = None) -> torch.Tensor:
        """[batch, time, 1536] to logits [batch, time, characters]; where `inside` is false nothing is heard."""
        drop = lambda x: F.dropout(x, self.dropout, self.training)
        parts = [norm(part) for norm, part in zip(self.norm, states.split(STATE, dim=-1))]
        u = self.proj(torch.cat(parts, dim=-1)).transpose(1, 2)
        hush = (lambda x: x) if inside is None else (lambda x: x * inside[:, None])
        for conv in self.conv:
            u = u + drop(F.gelu(conv(hush(u))))
        return self.out(drop(u.transpose(1, 2)))

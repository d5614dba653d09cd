"""The head: states of three encoder layers in, log-probabilities of characters out.

    u = proj( [norm0(layer 4) | norm1(layer 5) | norm2(final)] )          LayerNorms over 512, eps 1e-5
    u = u + gelu(conv0(u))                                                kernel 5, zero padding 2, exact (erf) GELU
    u = u + gelu(conv1(u))
    log_softmax( out(u) )

Dropout sits, while training only, on each gelu(conv) and before out; states are masked there (see train.py).
"""

import torch
from torch import nn
from torch.nn import functional as F

import spelling

STATE, PARTS = 512, 3


class Head(nn.Module):
    def __init__(self, width=256, kernel=5, convolutions=2, dropout=0.1):
        super().__init__()
        self.norm = nn.ModuleList(nn.LayerNorm(STATE) for _ in range(PARTS))
        self.proj = nn.Linear(PARTS * STATE, width)
        self.conv = nn.ModuleList(nn.Conv1d(width, width, kernel, padding=kernel // 2) for _ in range(convolutions))
        self.out = nn.Linear(width, len(spelling.ALPHABET))
        self.dropout = dropout

    def forward(self, states, mask=None):
        """[batch, time, 1536] to logits [batch, time, characters]; `mask` [batch, time] is 0 behind the end."""
        drop = lambda x: F.dropout(x, self.dropout, self.training)
        with torch.no_grad(), torch.autocast("cpu", enabled=False):
            parts = torch.cat([F.layer_norm(part, (STATE,)) for part in states.split(STATE, dim=-1)], dim=-1)
        # The norms' own weights go into the projection's, which is the same and needs no gradient of the states.
        scale = torch.cat([norm.weight for norm in self.norm])
        shift = torch.cat([norm.bias for norm in self.norm])
        u = F.linear(parts, self.proj.weight * scale, self.proj.bias + self.proj.weight @ shift).transpose(1, 2)
        for conv in self.conv:
            if mask is not None:
                # So that an utterance in a batch sees the same zeros behind its end as alone.
                u = u * mask.unsqueeze(1)
            u = u + drop(F.gelu(conv(u)))
        return self.out(drop(u.transpose(1, 2)))

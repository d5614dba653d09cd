"""The network: embedded n-grams, two bidirectional LSTMs, an intent for the sentence and a tag for each word.

Tags are a linear-chain CRF (Lafferty et al., 2001); LSTM and CRF together as in Huang et al., 2015.
"""

import torch
from torch import nn
from torch.nn import functional as F

from zahlwort_training.reading.words import BUCKETS, FLAGS


class Network(nn.Module):
    """[batch, words] in, intents and tags out; rows are padded at their end."""

    def __init__(
        self, intents: int, tags: int, embedding: int = 96, hidden: int = 128, layers: int = 2, dropout: float = 0.3
    ) -> None:
        super().__init__()
        self.embedding = nn.EmbeddingBag(BUCKETS, embedding, mode="mean", include_last_offset=True)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.lstm = nn.LSTM(embedding + FLAGS, hidden, layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.attention = nn.Linear(2 * hidden, 1, bias=False)
        self.intent = nn.Linear(4 * hidden, intents)
        self.tag = nn.Linear(2 * hidden, tags)
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.start, self.end = nn.Parameter(torch.zeros(tags)), nn.Parameter(torch.zeros(tags))
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, grams: torch.Tensor, offsets: torch.Tensor, flags: torch.Tensor, lengths: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """`grams` and `offsets` of all words of all rows, `flags` [words of all rows, FLAGS], `lengths` [batch] on the CPU.
        Gives intents' logits [batch, intents], emissions [batch, longest, tags], which are words, and what the intents are
        told from, [batch, 4 * hidden]."""
        embedded = torch.cat([self.dropout(self.embedding(grams, offsets)), flags], 1)
        inside = torch.arange(int(lengths.max()))[None] < lengths[:, None]
        # Where each word of the packed sequence stands among all words and among the padded rows: to index by these is
        # several times as fast to differentiate as torch's functions that pad.
        number = torch.zeros(inside.shape, dtype=torch.long)
        number[inside] = torch.arange(len(embedded))
        pack = lambda x: nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        words, places = pack(number), pack(torch.arange(inside.numel()).reshape(inside.shape))
        inside, device = inside.to(embedded.device), embedded.device
        packed = words._replace(
            data=embedded[words.data.to(device)],
            sorted_indices=words.sorted_indices.to(device),
            unsorted_indices=words.unsorted_indices.to(device),
        )
        packed, _ = self.lstm(packed)
        states = packed.data.new_zeros(inside.numel(), packed.data.shape[1])
        states = states.index_copy(0, places.data.to(device), packed.data).reshape(*inside.shape, -1)
        weights = self.attention(states).squeeze(2).masked_fill(~inside, -1e9).softmax(1)
        top = states.masked_fill(~inside[..., None], -1e9).amax(1)
        pooled = torch.cat([(weights[..., None] * states).sum(1), top], 1)
        return self.intent(self.dropout(pooled)), self.tag(self.dropout(states)), inside, pooled

    def log_z(self, emissions: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        """The log of the sum over all paths, [batch]."""
        alpha = self.start + emissions[:, 0]
        for at in range(1, emissions.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + self.transitions, 1) + emissions[:, at]
            alpha = torch.where(inside[:, at, None], following, alpha)
        return torch.logsumexp(alpha + self.end, 1)

    def score(self, emissions: torch.Tensor, inside: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
        """The score of these paths, [batch]."""
        rows = torch.arange(len(tags), device=tags.device)
        there = inside.float()
        out = self.start[tags[:, 0]] + (emissions.gather(2, tags[..., None]).squeeze(2) * there).sum(1)
        out = out + (self.transitions[tags[:, :-1], tags[:, 1:]] * there[:, 1:]).sum(1)
        return out + self.end[tags[rows, inside.sum(1) - 1]]

    def viterbi(self, emissions: torch.Tensor, inside: torch.Tensor, allowed: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The best path among the allowed tags ([batch, tags]) and its score."""
        emissions = emissions.masked_fill(~allowed[:, None], -1e4)
        alpha, back = self.start + emissions[:, 0], []
        stay = torch.arange(emissions.shape[2], device=emissions.device).expand(len(emissions), -1)
        for at in range(1, emissions.shape[1]):
            best, where = (alpha[:, :, None] + self.transitions).max(1)
            here = inside[:, at, None]
            alpha = torch.where(here, best + emissions[:, at], alpha)
            back.append(torch.where(here, where, stay))
        score, last = (alpha + self.end).max(1)
        path = [last]
        for where in reversed(back):
            path.append(where.gather(1, path[-1][:, None]).squeeze(1))
        return torch.stack(path[::-1], 1), score


def loss(
    network: Network, batch: "tuple[torch.Tensor, ...]", smoothing: float = 0.02
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of a batch: what is to be made small, its two parts, and what the intents are told from."""
    grams, offsets, flags, lengths, intents, tags = batch
    logits, emissions, inside, summary = network(grams, offsets, flags, lengths)
    emissions = emissions.float()
    of_intents = F.cross_entropy(logits.float(), intents, label_smoothing=smoothing)
    of_tags = (network.log_z(emissions, inside) - network.score(emissions, inside, tags)).mean()
    return of_intents + 0.5 * of_tags, of_intents.detach(), of_tags.detach(), summary

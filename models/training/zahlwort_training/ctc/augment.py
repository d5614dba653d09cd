"""What happens to speech on its way to the microphone, for a batch at once, on a GPU where there is one.

Rooms, another microphone, noise, a television, telephone lines and levels on samples; then log-mel frames, on them
another vocal tract and hidden stretches. Everything is drawn anew each time an utterance is heard.
"""

import dataclasses
import math

import torch
from torch.nn import functional as F

from zahlwort_training.ctc import whisper

HERTZ, HOP, MELS, TAIL = whisper.HERTZ, 160, 80, whisper.TAIL


def loudest(samples: torch.Tensor, frame: int = 2048) -> torch.Tensor:
    """Mean power of the loudest 2048 samples, [batch, 1], as the speech-to-intent benchmark measures it."""
    return F.avg_pool1d(samples.square()[:, None], frame, ceil_mode=True)[:, 0].amax(1, keepdim=True).clamp(min=1e-12)


DIRECT = 40
"""Samples of a room's response that are its direct sound: 2.5 ms."""
TAIL_OF_ROOM = 16_000
"""The longest response, 1 s."""


@dataclasses.dataclass
class Bank:
    """Recorded noise, clip after clip."""

    samples: torch.Tensor
    """All clips in one row, int16."""
    starts: torch.Tensor
    lengths: torch.Tensor
    weights: torch.Tensor
    """How often each is drawn."""


class Studio:
    """Draws everything from one generator; tensors live on `device`."""

    def __init__(self, rooms: torch.Tensor, device: torch.device, seed: int = 1, bank: Bank | None = None) -> None:
        rooms = rooms.to(device).float()
        self.rooms, self.device, self.bank = F.pad(rooms, (0, TAIL_OF_ROOM - rooms.shape[1])), device, bank
        self.generator = torch.Generator(device).manual_seed(seed)
        self.filters, self.window = whisper._FILTERS.to(device), whisper._WINDOW.to(device)

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> torch.Tensor:
        return torch.rand(*shape, generator=self.generator, device=self.device) * (high - low) + low

    def normal(self, *shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=self.generator, device=self.device)

    def pick(self, rows: int, share: float) -> torch.Tensor:
        """[rows, 1], 1.0 for about this share of them."""
        return (self.uniform(rows, 1) < share).float()

    def curve(self, rows: int, bins: int, decibels: float) -> torch.Tensor:
        """Random smooth gains over a logarithmic frequency axis, [rows, bins]."""
        place = torch.log1p(torch.arange(bins, device=self.device) / bins * 40) / math.log(41)
        waves = torch.cos(math.pi * torch.arange(1, 7, device=self.device)[:, None] * place)
        return 10 ** ((decibels * self.normal(rows, 6) / torch.arange(1, 7, device=self.device).sqrt()) @ waves / 20)

    # --- noise, [rows, length] each -----------------------------------------------------------------

    def coloured(self, rows: int, length: int) -> torch.Tensor:
        """Noise of a random slope and shape, its strength changing slowly."""
        spectrum = torch.fft.rfft(self.normal(rows, length))
        place = torch.arange(1, spectrum.shape[1] + 1, device=self.device) / spectrum.shape[1]
        shape = place ** (-self.uniform(rows, 1, high=1.1)) * self.curve(rows, spectrum.shape[1], 5.0)
        noise = torch.fft.irfft(spectrum * shape, n=length)
        knots = self.normal(rows, 1, max(3, length // 4000)) * self.uniform(rows, 1, 1, high=0.9)
        return noise * torch.exp(F.interpolate(knots, size=length, mode="linear", align_corners=True)[:, 0])

    def clatter(self, rows: int, length: int) -> torch.Tensor:
        """Dishes and tools: knocks at random, each ringing in a few tones and a hiss."""
        knocks = (self.uniform(rows, length) < self.uniform(rows, 1, low=1.0, high=14.0) / HERTZ).float()
        knocks = knocks * torch.exp(1.2 * self.normal(rows, length))
        time = torch.arange(4800, device=self.device) / HERTZ
        ring = self.normal(rows, 4800) * torch.exp(-time / self.uniform(rows, 1, low=0.003, high=0.03)) * self.uniform(rows, 1)
        for _ in range(5):
            tone = torch.exp(self.uniform(rows, 1, low=math.log(400.0), high=math.log(7000.0)))
            ring = ring + self.uniform(rows, 1) * torch.sin(2 * math.pi * tone * time) * torch.exp(
                -time / self.uniform(rows, 1, low=0.01, high=0.12)
            )
        size = length + 4800
        return torch.fft.irfft(torch.fft.rfft(knocks, n=size) * torch.fft.rfft(ring, n=size), n=size)[:, :length]

    def tones(self, rows: int, length: int) -> torch.Tensor:
        """A motor's hum where the pitch stays, a tune where it does not; with some hiss."""
        notes = max(1, length // 4800)
        steps = torch.round(self.normal(rows, 1, notes) * 5) * (self.uniform(rows, 1, 1) < 0.6)
        pitch = self.uniform(rows, 1, low=math.log(45.0), high=math.log(500.0)).exp() * 2 ** (
            F.interpolate(steps, size=length, mode="nearest")[:, 0] / 12
        )
        phase, out = torch.cumsum(2 * math.pi * pitch / HERTZ, 1), 0.0
        for overtone in range(1, 11):
            out = out + self.uniform(rows, 1) / overtone**0.7 * torch.sin(overtone * phase) * (overtone * pitch < 7500)
        return out + 0.2 * self.uniform(rows, 1) * self.normal(rows, length)

    def babble(self, others: torch.Tensor) -> torch.Tensor:
        """One to eight of the batch's other people at once."""
        rows, length = others.shape
        count = torch.randint(1, 9, (rows, 1), generator=self.generator, device=self.device)
        out = torch.zeros_like(others)
        for person in range(8):
            order = torch.randperm(rows, generator=self.generator, device=self.device)
            shift = int(torch.randint(length, (1,)).item())
            out = out + others[order].roll(shift, 1) * self.uniform(rows, 1, low=0.4, high=1.0) * (person < count)
        return out

    def clip(self, rows: int, length: int) -> torch.Tensor:
        """Recorded noise from a random moment on, its speed and pitch changed together; a short clip begins anew."""
        assert self.bank is not None
        which = torch.multinomial(self.bank.weights.expand(rows, -1), 1, generator=self.generator)
        start, size = self.bank.starts[which], self.bank.lengths[which] - 1
        speed = self.uniform(rows, 1, low=math.log(0.8), high=math.log(1.25)).exp()
        # Double, or a minute's place in samples has no fraction left.
        place = (self.uniform(rows, 1).double() * size + torch.arange(length, device=self.device) * speed.double()) % size
        below = place.long()
        one, other = self.bank.samples[start + below].float(), self.bank.samples[start + below + 1].float()
        return one.lerp(other, (place - below).float()) / 32768

    def recorded(self, rows: int, length: int) -> torch.Tensor:
        """One recorded noise or two, somewhere in a room, now and then out of a small loudspeaker."""
        one, other = self.clip(rows, length), self.clip(rows, length)
        out = one / loudest(one).sqrt() + self.pick(rows, 0.4) * self.uniform(rows, 1) * other / loudest(other).sqrt()
        return self.through(out, room=0.4, speaker=0.15, curve=3.0, direct=(-12.0, 6.0))

    def music(self, rows: int, length: int) -> torch.Tensor:
        """A tune over a drum."""
        return self.tones(rows, length) + self.uniform(rows, 1) * self.clatter(rows, length)

    def noise(self, people: torch.Tensor) -> torch.Tensor:
        """One kind of noise for each row, now and then two."""
        rows, length = people.shape
        kinds = [self.coloured(rows, length), self.clatter(rows, length), self.music(rows, length), self.babble(people)]
        shares = [0.2, 0.13, 0.09, 0.2]
        if self.bank is not None:
            kinds, shares = [*kinds, self.recorded(rows, length)], [*shares, 0.38]
        which = torch.multinomial(torch.tensor(shares, device=self.device).expand(rows, len(kinds)), 2, generator=self.generator)
        second = self.pick(rows, 0.3) * self.uniform(rows, 1)
        out = torch.zeros_like(people)
        for kind, sound in enumerate(kinds):
            weight = (which[:, :1] == kind).float() + second * (which[:, 1:] == kind).float()
            out = out + sound * weight / loudest(sound).sqrt()
        return out

    def television(self, people: torch.Tensor) -> torch.Tensor:
        """One or two of the batch's other people out of a small loudspeaker across a room, now and then over a tune."""
        rows, length = people.shape
        out = torch.zeros_like(people)
        for share in (1.0, 0.4):
            order = torch.randperm(rows, generator=self.generator, device=self.device)
            other = people[order].roll(int(torch.randint(length, (1,)).item()), 1)
            out = out + self.pick(rows, share) * self.uniform(rows, 1, low=0.4) * other / loudest(other).sqrt()
        tune = self.music(rows, length)
        out = out + self.pick(rows, 0.3) * self.uniform(rows, 1, high=0.5) * tune / loudest(tune).sqrt()
        return self.through(out, room=0.9, speaker=1.0, curve=3.0, direct=(-12.0, 3.0))

    # --- rooms and loudspeakers -----------------------------------------------------------------------

    def responses(self, rows: int, direct: tuple[float, float]) -> torch.Tensor:
        """Impulse responses, [rows, 1 s]: boxes with mirrored sources, or a few echoes and a tail that dies away in 0.15
        to 1.2 s, its high tones sooner. What is drawn of `direct` is how many dB the direct sound has over all the rest:
        the farther away, the fewer."""
        stored = self.rooms[torch.randint(len(self.rooms), (rows,), generator=self.generator, device=self.device)]
        time = torch.arange(TAIL_OF_ROOM, device=self.device) / HERTZ
        seconds = self.uniform(rows, 1, low=math.log(0.15), high=math.log(1.2)).exp()
        low = self.normal(rows, TAIL_OF_ROOM)
        low = F.avg_pool1d(low[:, None], 9, 1, 4)[:, 0] * 3
        tail = low * 10 ** (-3 * time / seconds) + self.normal(rows, TAIL_OF_ROOM) * 10 ** (
            -3 * time / (seconds * self.uniform(rows, 1, low=0.3, high=0.9))
        )
        # Single echoes come more and more densely before they are a tail.
        echoes = (self.uniform(rows, TAIL_OF_ROOM) < 0.02).float() * (time < 0.04)
        tail = tail * (echoes * 3 + torch.sigmoid((time - 0.02) / 0.004))
        out = torch.where(self.pick(rows, 0.5) > 0, stored, tail)
        out = torch.cat([torch.zeros_like(out[:, :DIRECT]), out[:, DIRECT:]], 1)
        near = stored[:, :DIRECT]
        power = near.square().sum(1, keepdim=True) / out.square().sum(1, keepdim=True).clamp(min=1e-12)
        ratio = self.uniform(rows, 1, low=direct[0], high=direct[1])
        out = out * (power * 10 ** (-ratio / 10)).sqrt()
        return torch.cat([near, out[:, DIRECT:]], 1)

    def through(
        self, sound: torch.Tensor, room: float, speaker: float, curve: float, direct: tuple[float, float], curved: float = 1.0
    ) -> torch.Tensor:
        """The sound through a room, a small loudspeaker and a frequency curve, each for about such a share of the rows."""
        rows, length = sound.shape
        size = length + TAIL_OF_ROOM
        here, small, bent = self.pick(rows, room), self.pick(rows, speaker), self.pick(rows, curved)
        alone = torch.zeros(TAIL_OF_ROOM, device=self.device)
        alone[0] = 1.0
        response = here * self.responses(rows, direct) + (1 - here) * alone
        spectrum = torch.fft.rfft(sound, n=size) * torch.fft.rfft(response, n=size)
        hertz = torch.arange(size // 2 + 1, device=self.device) * HERTZ / size
        lowest, highest = self.uniform(rows, 1, low=120, high=500), self.uniform(rows, 1, low=2500, high=7000)
        band = torch.sigmoid((hertz - lowest) / 40) * torch.sigmoid((highest - hertz) / 150)
        gain = (small * band + 1 - small) * (bent * self.curve(rows, spectrum.shape[1], curve) + 1 - bent)
        return torch.fft.irfft(spectrum * gain, n=size)[:, :length]

    # --- speech ---------------------------------------------------------------------------------------

    def hear(self, samples: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """[rows, length] as some microphone somewhere hears it; zero after each row's length."""
        rows, length = samples.shape
        valid = torch.arange(length, device=self.device) < lengths[:, None]
        speech = self.through(samples, room=0.5, speaker=0.0, curve=3.0, direct=(-7.0, 12.0), curved=0.6) * valid
        noisy = self.pick(rows, 0.78)
        noise = self.noise(speech)
        # Between 3 and 12 dB is where it begins to be hard, so most are there.
        ratio = torch.where(self.pick(rows, 0.6) > 0, self.uniform(rows, 1, low=3.0, high=12.0), self.uniform(rows, 1, high=25.0))
        loud = loudest(speech)
        heard = speech + noisy * noise * (loud / loudest(noise)).sqrt() * 10 ** (-ratio / 20)
        behind, below = self.television(speech), self.uniform(rows, 1, low=5.0, high=20.0)
        heard = heard + self.pick(rows, 0.15) * behind * (loud / loudest(behind)).sqrt() * 10 ** (-below / 20)
        speech = heard
        line = self.pick(rows, 0.06)
        size = length + 1600
        hertz = torch.arange(size // 2 + 1, device=self.device) * HERTZ / size
        band = torch.sigmoid((hertz - 300) / 40) * torch.sigmoid((3400 - hertz) / 60)
        speech = torch.fft.irfft(torch.fft.rfft(speech, n=size) * (line * band + 1 - line), n=size)[:, :length] * valid
        peak = speech.abs().amax(1, keepdim=True).clamp(min=1e-6)
        level = 0.5 * 10 ** (self.uniform(rows, 1, low=-26.0, high=3.0) / 20)
        # One in twenty is driven into the rails.
        level = level + self.pick(rows, 0.05) * self.uniform(rows, 1, low=0.5, high=3.0)
        return torch.round((speech / peak * level).clamp(-1, 1) * 32767) / 32767

    def nothing(self, rows: int, length: int) -> torch.Tensor:
        """A few seconds in which nobody says anything."""
        sound = (
            self.coloured(rows, length)
            + self.pick(rows, 0.4) * self.clatter(rows, length)
            + self.pick(rows, 0.2) * self.tones(rows, length)
        )
        if self.bank is not None:
            sound = torch.where(self.pick(rows, 0.6) > 0, self.recorded(rows, length), sound)
        return sound / sound.abs().amax(1, keepdim=True).clamp(min=1e-9) * 10 ** (self.uniform(rows, 1, low=-3.0, high=-0.1))

    # --- frames ---------------------------------------------------------------------------------------

    def log_mel(
        self, samples: torch.Tensor, lengths: torch.Tensor, longest: int | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """[rows, 80, frames] and the frames of each row, as `whisper.log_mel` computes them one by one."""
        samples = F.pad(samples, (0, TAIL))
        power = torch.stft(samples, 400, 160, window=self.window, return_complex=True)[..., :-1].abs() ** 2
        frames = (lengths + TAIL) // HOP
        log = (self.filters @ power).clamp(min=1e-10).log10()
        inside = torch.arange(log.shape[2], device=self.device) < frames[:, None]
        top = log.masked_fill(~inside[:, None], -10).amax((1, 2), keepdim=True)
        return (torch.maximum(log, top - 8.0) + 4.0) / 4.0, frames

    def disguise(self, mel: torch.Tensor, frames: torch.Tensor) -> torch.Tensor:
        """Another vocal tract (Jaitly and Hinton, 2013), a tilt, and stretches hidden (SpecAugment, Park et al., 2019)."""
        rows, _, longest = mel.shape
        floor = mel.amin((1, 2), keepdim=True)
        channel = torch.arange(MELS, device=self.device)
        place = (channel / torch.exp(0.045 * self.normal(rows, 1)).clamp(0.86, 1.16)).clamp(max=MELS - 1)
        below = place.floor().long()
        above = (below + 1).clamp(max=MELS - 1)
        wide = lambda index: index[:, :, None].expand(-1, -1, longest)
        mel = mel.gather(1, wide(below)).lerp(mel.gather(1, wide(above)), (place - below)[:, :, None])
        tilt = 0.04 * self.normal(rows, 1) * torch.linspace(-1, 1, MELS, device=self.device)
        mel = torch.maximum(mel + tilt[:, :, None], floor)
        hidden = mel.mean((1, 2), keepdim=True)
        time = torch.arange(longest, device=self.device)
        for number in range(6):
            # One stretch, and one more for each 1.2 s.
            # Of a single word most has to be left.
            start, span = (
                self.uniform(rows, 1) * frames[:, None],
                (1 + self.uniform(rows, 1) * (0.15 * frames[:, None]).clamp(max=17)) * (frames[:, None] >= 120 * number),
            )
            mel = torch.where(((time >= start) & (time < start + span))[:, None], hidden, mel)
        for _ in range(2):
            start, span = self.uniform(rows, 1, high=MELS), self.uniform(rows, 1, high=12)
            mel = torch.where(((channel >= start) & (channel < start + span))[:, :, None], hidden, mel)
        return mel

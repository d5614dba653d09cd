"""What happens to speech on its way to the microphone, for a batch at once, on a GPU where there is one.

Rooms, another microphone, noise, telephone lines and levels on samples; then log-mel frames, on them another vocal
tract and hidden stretches. Everything is drawn anew each time an utterance is heard.
"""

import math

import torch
from torch.nn import functional as F

from zahlwort_training.ctc import whisper

HERTZ, HOP, MELS, TAIL = whisper.HERTZ, 160, 80, whisper.TAIL


def loudest(samples: torch.Tensor, frame: int = 2048) -> torch.Tensor:
    """Mean power of the loudest 2048 samples, [batch, 1], as the speech-to-intent benchmark measures it."""
    return F.avg_pool1d(samples.square()[:, None], frame, ceil_mode=True)[:, 0].amax(1, keepdim=True).clamp(min=1e-12)


class Studio:
    """Draws everything from one generator; tensors live on `device`."""

    def __init__(self, rooms: torch.Tensor, device: torch.device, seed: int = 1) -> None:
        self.rooms, self.device = rooms.to(device).float(), device
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

    def noise(self, people: torch.Tensor) -> torch.Tensor:
        """One kind of noise for each row, now and then two."""
        rows, length = people.shape
        kinds = (self.coloured(rows, length), self.clatter(rows, length), self.tones(rows, length), self.babble(people))
        which = torch.multinomial(
            torch.tensor([0.35, 0.25, 0.1, 0.3], device=self.device).expand(rows, 4), 2, generator=self.generator
        )
        second = self.pick(rows, 0.3) * self.uniform(rows, 1)
        out = 0.0
        for kind, sound in enumerate(kinds):
            weight = (which[:, :1] == kind).float() + second * (which[:, 1:] == kind).float()
            out = out + sound * weight / loudest(sound).sqrt()
        return out

    # --- speech ---------------------------------------------------------------------------------------

    def hear(self, samples: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """[rows, length] as some microphone somewhere hears it; zero after each row's length."""
        rows, length = samples.shape
        valid = torch.arange(length, device=self.device) < lengths[:, None]
        size = length + self.rooms.shape[1]
        response = self.rooms[torch.randint(len(self.rooms), (rows,), generator=self.generator, device=self.device)]
        here = self.pick(rows, 0.45)
        direct = torch.zeros_like(response)
        direct[:, 0] = 1.0
        response = here * response + (1 - here) * direct
        spectrum = torch.fft.rfft(samples, n=size) * torch.fft.rfft(response, n=size)
        microphone = self.pick(rows, 0.6)
        spectrum = spectrum * (microphone * self.curve(rows, spectrum.shape[1], 3.0) + 1 - microphone)
        speech = torch.fft.irfft(spectrum, n=size)[:, :length] * valid
        noisy = self.pick(rows, 0.75)
        noise = self.noise(speech)
        # Low ratios are what is hard, so they come more often than high ones.
        ratio = 1.0 + 27.0 * self.uniform(rows, 1) ** 1.3
        speech = speech + noisy * noise * (loudest(speech) / loudest(noise)).sqrt() * 10 ** (-ratio / 20)
        line = self.pick(rows, 0.06)
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
        return sound / sound.abs().amax(1, keepdim=True) * 10 ** (self.uniform(rows, 1, low=-3.0, high=-0.1))

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
            start, span = (
                self.uniform(rows, 1) * frames[:, None],
                self.uniform(rows, 1, low=1, high=18) * (frames[:, None] >= 120 * number),
            )
            mel = torch.where(((time >= start) & (time < start + span))[:, None], hidden, mel)
        for _ in range(2):
            start, span = self.uniform(rows, 1, high=MELS), self.uniform(rows, 1, high=12)
            mel = torch.where(((channel >= start) & (channel < start + span))[:, :, None], hidden, mel)
        return mel

//! Samples of a microphone, for `listen --microphone`.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{Device, ErrorKind, FromSample, Sample, SampleFormat, SizedSample, Stream};

use crate::output::Stop;

/// Pieces of sound that may wait while a command is recognised. Sound cards give 10 to 50 ms at a
/// time, so this is many seconds; what is more has to be lost somewhere.
const WAITING: usize = 1_024;

/// An open microphone. It is closed when this is dropped.
pub struct Microphone {
    /// Samples per second.
    pub rate: u32,
    _stream: Stream,
    sound: Receiver<Sound>,
}

enum Sound {
    /// Mono samples.
    Samples(Vec<f32>),
    /// Some sound was lost; recording goes on.
    Hiccup(String),
    Broken(String),
}

impl Microphone {
    /// Opens a microphone by its name, or the one that the system has for its default.
    pub fn open(name: Option<&str>) -> Result<Self, Stop> {
        let device = find(name)?;
        let of = |what: &str, e: cpal::Error| {
            let device = title(&device);
            Stop::Failed(format!("cannot {what} the microphone {device:?}: {e}"))
        };
        let config = device.default_input_config();
        let config = config.map_err(|e| of("ask for the rate of", e))?;
        let (send, sound) = sync_channel(WAITING);
        let stream = match config.sample_format() {
            SampleFormat::I8 => stream::<i8>(&device, config.into(), send),
            SampleFormat::U8 => stream::<u8>(&device, config.into(), send),
            SampleFormat::I16 => stream::<i16>(&device, config.into(), send),
            SampleFormat::U16 => stream::<u16>(&device, config.into(), send),
            SampleFormat::I32 => stream::<i32>(&device, config.into(), send),
            SampleFormat::F32 => stream::<f32>(&device, config.into(), send),
            SampleFormat::F64 => stream::<f64>(&device, config.into(), send),
            other => {
                return Err(Stop::Failed(format!(
                    "the microphone {:?} gives samples as {other}, which is not supported; choose another with --device",
                    title(&device)
                )));
            }
        };
        let stream = stream.map_err(|e| of("open", e))?;
        stream.play().map_err(|e| of("start", e))?;
        Ok(Self {
            rate: config.sample_rate(),
            _stream: stream,
            sound,
        })
    }

    /// Waits for the next samples, mono.
    pub fn next(&self) -> Result<Vec<f32>, Stop> {
        loop {
            match self.sound.recv() {
                Ok(Sound::Samples(samples)) => return Ok(samples),
                Ok(Sound::Hiccup(what)) => eprintln!("zahlwort: microphone: {what}"),
                Ok(Sound::Broken(what)) => {
                    return Err(Stop::Failed(format!("the microphone gave up: {what}")));
                }
                Err(_) => return Err(Stop::Failed("the microphone was closed".to_owned())),
            }
        }
    }
}

fn find(name: Option<&str>) -> Result<Device, Stop> {
    let host = cpal::default_host();
    let Some(name) = name else {
        return host.default_input_device().ok_or_else(|| {
            Stop::Failed(
                "there is no microphone; plug one in, or pipe samples to standard input without --microphone"
                    .to_owned(),
            )
        });
    };
    let devices = host
        .input_devices()
        .map_err(|e| Stop::Failed(format!("cannot list the microphones: {e}")))?;
    let mut others = Vec::new();
    for device in devices {
        let title = title(&device);
        if title == name || device.id().is_ok_and(|id| id.to_string() == name) {
            return Ok(device);
        }
        others.push(format!("{title:?}"));
    }
    others.sort();
    others.dedup();
    let others = match others.is_empty() {
        true => "there is none".to_owned(),
        false => format!("there are {}", others.join(", ")),
    };
    Err(Stop::Failed(format!(
        "--device: no microphone is named {name:?}; {others}"
    )))
}

fn title(device: &Device) -> String {
    let description = device.description();
    description.map_or_else(|_| "?".to_owned(), |d| d.name().to_owned())
}

fn stream<T>(
    device: &Device,
    config: cpal::StreamConfig,
    send: SyncSender<Sound>,
) -> Result<Stream, cpal::Error>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels.max(1));
    let report = send.clone();
    let mut lost = false;
    device.build_input_stream(
        config,
        move |data: &[T], _: &_| {
            let frames = data.chunks_exact(channels);
            let mono = frames.map(|frame| {
                let sum: f32 = frame.iter().map(|s| f32::from_sample(*s)).sum();
                sum / channels as f32
            });
            if lost {
                let told = Sound::Hiccup("too slow to listen, some sound was lost".to_owned());
                lost = send.try_send(told).is_err();
            }
            let sent = send.try_send(Sound::Samples(mono.collect()));
            lost |= matches!(sent, Err(TrySendError::Full(_)));
        },
        move |error| {
            let what = error.to_string();
            // If it cannot be sent, the queue is full or nobody listens any more.
            let _ = report.try_send(match error.kind() {
                ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {
                    Sound::Hiccup(what)
                }
                _ => Sound::Broken(what),
            });
        },
        None,
    )
}

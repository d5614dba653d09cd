//! `zahlwort listen --microphone`, through a sound server of the test's own whose loudspeaker is its
//! microphone. Needs `--features microphone` and pulseaudio; without them it says that it was skipped.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use common::{run, stderr};

#[cfg(not(feature = "microphone"))]
#[test]
fn a_build_without_it_says_how_to_get_it() {
    let output = run(&["listen", "--microphone"]);
    assert!(!output.status.success());
    assert!(
        stderr(&output).contains("--features microphone"),
        "{}",
        stderr(&output)
    );
}

#[cfg(feature = "microphone")]
mod with_a_sound_server {
    use std::io::{BufRead, BufReader};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};

    use serde_json::Value;

    use super::common::{root, with_model};
    use super::{run, stderr};

    /// A sound server with nothing but a sink that goes nowhere and can be listened to.
    struct SoundServer {
        home: tempfile::TempDir,
        process: Child,
    }

    impl Drop for SoundServer {
        fn drop(&mut self) {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }

    impl SoundServer {
        /// `None` if this machine has none to start.
        fn start() -> Option<Self> {
            let home = tempfile::tempdir().unwrap();
            let alsa = "pcm.!default { type pulse }\nctl.!default { type pulse }\n";
            std::fs::write(home.path().join(".asoundrc"), alsa).unwrap();
            let process = at(home.path(), "pulseaudio")
                .args(["-n", "--daemonize=no", "--exit-idle-time=-1"])
                .args(["-L", "module-native-protocol-unix"])
                .args(["-L", "module-null-sink sink_name=room rate=48000"])
                .stderr(Stdio::null())
                .spawn()
                .ok()?;
            let server = Self { home, process };
            let ready = (0..50).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(100));
                let mut choose = at(server.home.path(), "pactl");
                choose.args(["set-default-source", "room.monitor"]);
                choose.output().is_ok_and(|o| o.status.success())
            });
            ready.then_some(server)
        }

        fn play(&self, name: &str) {
            let mut player = at(self.home.path(), "paplay");
            player.arg(root().join("tests/audio").join(name));
            assert!(player.status().unwrap().success());
        }
    }

    fn at(home: &Path, program: &str) -> Command {
        let mut command = Command::new(program);
        within(&mut command, home);
        command
    }

    fn within(command: &mut Command, home: &Path) {
        command.env("HOME", home).env("XDG_RUNTIME_DIR", home);
    }

    #[test]
    fn what_is_said_before_the_microphone_comes_out() {
        let Some(server) = SoundServer::start() else {
            eprintln!("skipped: needs pulseaudio, pactl and paplay");
            return;
        };
        let mut command = with_model("listen");
        command.args(["--microphone", "--no-speech-after", "1"]);
        within(&mut command, server.home.path());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut events = lines.map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
        // Then it listens.
        assert_eq!(events.next().unwrap()["event"], "no_speech");
        server.play("ueberweise-fuenfzig-euro-an-anna.wav");
        let outcome = events.find(|e| e["event"] == "outcome").unwrap();
        let _ = child.kill();
        let _ = child.wait();
        assert_eq!(outcome["intent"], "SendMoney", "{outcome}");
        assert_eq!(outcome["command"]["amount"]["amount"], "50.00");
    }

    #[test]
    fn a_name_that_no_microphone_has_is_told() {
        let output = run(&["listen", "--microphone", "--device", "no such thing"]);
        assert!(!output.status.success());
        assert!(stderr(&output).contains("--device: no microphone is named"));
    }
}

//! The program is killed at any point, and no cent is lost or paid twice.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use zahlwort::Language;
use zahlwort::dialogue::Address;
use zahlwort_speaker::{Household, Movement, StoreError, words};

/// The variable that makes this test the process that is killed.
const DATABASE: &str = "ZAHLWORT_SPEAKER_TEST_DATABASE";
const KEYS: i64 = 40_000;

fn open(path: &Path) -> Household {
    let words = words(Language::DE, Address::Familiar).unwrap();
    Household::open(path, words).unwrap()
}

/// Pays one cent for each key, in order, again and again from the first.
#[test]
#[ignore = "the process that the other test kills"]
fn payer() {
    let path = std::env::var_os(DATABASE).unwrap();
    let mut household = open(path.as_ref());
    for at in 0..KEYS {
        let key = format!("key-{at}");
        let movement = Movement {
            key: &key,
            day: "2026-11-23",
            kind: "send_money",
            text: "Anna Schmidt",
            account: "Girokonto",
            cents: 1,
        };
        match household.pay(movement) {
            Ok(()) | Err(StoreError::DoneBefore) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn no_cent_is_lost_or_doubled_when_the_process_is_killed_a_hundred_times() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("household.db");
    let before = open(&path).cents("Girokonto").unwrap();
    let mut random = fastrand::Rng::with_seed(7);
    let mut last = 0;
    let mut killed = 0;
    for _ in 0..100 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "payer", "--ignored"])
            .env(DATABASE, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random.u64(20..170)));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let household = open(&path);
        let (sum, payments) = household.audit().unwrap();
        assert_eq!(sum, 0);
        assert_eq!(household.unbalanced().unwrap(), 0);
        // One cent each: the account says how many there were, whatever the list says.
        assert_eq!(household.cents("Girokonto").unwrap(), before - payments);
        assert!(payments >= last, "a payment is gone");
        last = payments;
    }
    assert!(last > 0, "nothing was paid at all");
    assert_eq!(killed, 100, "some had finished; more keys are needed");
}

//! Midnight, the change of the clocks, and what is paid on a later day.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use common::{ENGINE, Room, is_asked, is_done, text};
use jiff::civil::date;
use zahlwort::dialogue::host::HostError;
use zahlwort::dialogue::policy::Moment;
use zahlwort::{Language, ReplyKind};

/// A time in Berlin, with its offset where the clock shows it twice.
fn berlin(time: &str) -> Moment {
    let zoned: jiff::ZonedDateTime = format!("{time}[Europe/Berlin]").parse().unwrap();
    Moment {
        at: zoned.timestamp(),
        date: zoned.date(),
    }
}

#[test]
fn a_question_asked_before_midnight_is_answered_after_it() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::DE);
    room.say_at(
        interpreter,
        "überweise Anna zwanzig Euro",
        berlin("2026-11-23T23:59:50+01:00"),
    );
    let done = room.say_at(interpreter, "ja", berlin("2026-11-24T00:00:10+01:00"));
    assert!(is_done(&done), "{done:?}");
    assert_eq!((room.cents("Girokonto"), room.payments()), (148_000, 1));
}

#[test]
fn a_day_that_was_read_back_and_is_over_is_not_paid_on_another() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::DE);
    let read = room.say_at(
        interpreter,
        "überweise Anna heute zwanzig Euro",
        berlin("2026-11-23T23:59:50+01:00"),
    );
    assert!(is_asked(&read), "{read:?}");
    let refused = room.say_at(interpreter, "ja", berlin("2026-11-24T00:00:10+01:00"));
    let kind = refused.as_ref().map(|r| &r.kind);
    assert!(
        matches!(kind, Some(ReplyKind::Failed(HostError::Expired))),
        "{refused:?}"
    );
    assert_eq!(room.payments(), 0);
}

/// The limit of a day is of the local day in which the payment is asked for and confirmed.
#[test]
fn the_limit_of_a_day_begins_anew_at_midnight() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::DE);
    let pay = |room: &mut Room, text: &str, at: &str, later: &str| {
        let asked = room.say_at(interpreter, text, berlin(at));
        let pin = "meine PIN ist 3 0 8 5";
        is_asked(&asked) && is_done(&room.say_at(interpreter, pin, berlin(later)))
    };
    let big = "überweise Anna neunhundert Euro";
    let next = "überweise Lukas zweihundert Euro";
    assert!(pay(
        &mut room,
        big,
        "2026-11-23T23:58:00+01:00",
        "2026-11-23T23:58:10+01:00"
    ));
    assert!(!pay(
        &mut room,
        next,
        "2026-11-23T23:59:00+01:00",
        "2026-11-23T23:59:10+01:00"
    ));
    assert!(pay(
        &mut room,
        next,
        "2026-11-24T00:00:30+01:00",
        "2026-11-24T00:00:40+01:00"
    ));
    assert_eq!((room.cents("Girokonto"), room.payments()), (40_000, 2));
}

/// A change of the clocks does not lengthen or shorten the time for an answer.
#[test]
fn the_change_of_the_clocks_neither_prolongs_nor_ends_a_question() {
    let interpreter = ENGINE.interpreter();
    let answered = |asked: &str, answered: &str| {
        let mut room = Room::new(Language::DE);
        room.say_at(interpreter, "überweise Anna zwanzig Euro", berlin(asked));
        let done = is_done(&room.say_at(interpreter, "ja", berlin(answered)));
        assert_eq!(room.payments(), i64::from(done));
        done
    };
    // In October three o'clock is two o'clock again.
    assert!(answered(
        "2026-10-25T02:59:50+02:00",
        "2026-10-25T02:00:10+01:00"
    ));
    // On the clock, five seconds later; in truth an hour and five seconds.
    assert!(!answered(
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:05+01:00"
    ));
    // In March two o'clock is three o'clock at once.
    assert!(answered(
        "2027-03-28T01:59:50+01:00",
        "2027-03-28T03:00:10+02:00"
    ));
}

#[test]
fn a_transfer_for_tomorrow_is_paid_tomorrow_and_once() {
    let mut room = Room::new(Language::DE);
    let read = room.play("de-morgen.wav");
    assert!(
        text(&read).contains("am Dienstag, 24. November 2026"),
        "{read:?}"
    );
    assert!(is_done(&room.play("de-ja.wav")));
    assert_eq!((room.cents("Girokonto"), room.payments()), (150_000, 0));
    let household = room.assistant.host_mut();
    assert!(household.pay_due(date(2026, 11, 23)).unwrap().is_empty());
    let paid = household.pay_due(date(2026, 11, 25)).unwrap();
    assert!(paid.len() == 1 && paid[0].failed.is_none(), "{paid:?}");
    assert!(household.pay_due(date(2026, 11, 25)).unwrap().is_empty());
    assert_eq!((room.cents("Girokonto"), room.payments()), (149_000, 1));
}

#[test]
fn a_standing_order_is_paid_on_each_of_its_days_and_waits_for_money() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::DE);
    let asked = room.say(
        interpreter,
        "richte einen Dauerauftrag über 500 Euro an Anna ein, jeden Monat",
    );
    assert!(is_asked(&asked), "{asked:?}");
    let done = room.say(interpreter, "meine PIN ist 3 0 8 5");
    assert!(is_done(&done), "{done:?}");
    let household = room.assistant.host_mut();
    // The 23rd of November, of December and of January; then the account is empty.
    assert_eq!(household.pay_due(date(2026, 11, 23)).unwrap().len(), 1);
    assert_eq!(household.pay_due(date(2027, 1, 31)).unwrap().len(), 2);
    for _ in 0..2 {
        let short = household.pay_due(date(2027, 2, 23)).unwrap();
        assert!(short.len() == 1 && short[0].failed.is_some(), "{short:?}");
    }
    assert_eq!((room.cents("Girokonto"), room.payments()), (0, 3));
}

#[test]
fn an_account_that_is_blocked_holds_up_its_standing_orders_and_nothing_else() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::DE);
    room.say(
        interpreter,
        "richte einen Dauerauftrag über 500 Euro an Anna ein, jeden Monat",
    );
    assert!(is_done(&room.say(interpreter, "meine PIN ist 3 0 8 5")));
    room.say(interpreter, "sperre mein Girokonto");
    let blocked = room.say(interpreter, "ja");
    assert!(is_done(&blocked), "{blocked:?}");
    let due = room.assistant.host_mut().pay_due(date(2026, 11, 23));
    let due = due.unwrap();
    assert!(due.len() == 1 && due[0].failed.is_some(), "{due:?}");
    assert_eq!(room.payments(), 0);
}

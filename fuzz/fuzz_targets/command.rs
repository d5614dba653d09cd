//! Commands in JSON, and every format that they are exported in.
#![no_main]

use jiff::Timestamp;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use zahlwort_commands::{Command, Iban};
use zahlwort_dialogue::policy::Moment;
use zahlwort_export::amazon_pay::{self, Merchant};
use zahlwort_export::{Account, Debtor, Instruction, Payee, epc_qr, json, pain001, schema_org};

const ANNA: &str = "AT611904300234573201";

fuzz_target!(|bytes: &[u8]| {
    let Ok(command) = serde_json::from_slice::<Command>(bytes) else {
        return;
    };
    let written = serde_json::to_string(&command).expect("what was read is written");
    assert_eq!(
        serde_json::from_str::<Command>(&written).ok(),
        Some(command.clone())
    );
    let now = Moment {
        at: Timestamp::UNIX_EPOCH,
        date: date(1970, 1, 1),
    };
    let Command::Order(order) = command else {
        return;
    };
    let instruction = Instruction::unconfirmed(&order, now);
    let payee = Payee::new(Account::new("Anna", Iban::new(ANNA).expect("an IBAN")));
    let own = Debtor::new(payee.account.clone());
    let merchant = Merchant {
        charge_permission_id: "x".to_owned(),
        ..Merchant::default()
    };
    let _ = json::envelope(&instruction);
    let _ = schema_org::action(&instruction, Some("Erika"));
    let _ = amazon_pay::charge(&instruction, &merchant);
    for payee in [Some(&payee), None] {
        if let Ok(xml) = pain001::credit_transfer(&instruction, &own, payee) {
            // One element of each, whatever stands in a name.
            assert_eq!(xml.matches("<InstdAmt Ccy=\"EUR\">").count(), 1);
            assert_eq!(xml.matches("<IBAN>").count(), 2);
            assert!(xml.contains("<MsgId>UNCONFIRMED</MsgId>"));
            assert!(!xml.contains('&'));
        }
        if let Ok(code) = epc_qr::payload(&instruction, payee) {
            assert_eq!(code.split(['\n', '\r']).count(), 12);
            assert!(code.len() <= 331);
        }
    }
});

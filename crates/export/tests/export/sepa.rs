//! SEPA: transfers for a bank and codes for an app.

use serde_json::{Value, json};
use zahlwort_export::{Account, Debtor, ExportError, Instruction, Payee, epc_qr, pain001};

use crate::support::*;

#[test]
fn a_bank_gets_a_credit_transfer() {
    let said = json!({
        "type": "send_money", "recipient": {"name": "Anna Schmidt"}, "amount": euros("1250.5"),
        "reference": "Miete März", "execution_date": "2027-02-01", "payment_method": {"name": "Girokonto"},
    });
    let authorised = authorised(said, None);
    let instruction = Instruction::authorised(&authorised, now()).unwrap();
    let xml = pain001::credit_transfer(&instruction, &mine(), Some(&anna())).unwrap();
    golden("pain001.send-money.xml", &xml);
    let read = Xml::read(&xml);
    for (path, text) in [
        ("GrpHdr/MsgId", KEY),
        ("GrpHdr/CreDtTm", "2027-01-15T08:00:00Z"),
        ("GrpHdr/CtrlSum", "1250.50"),
        ("PmtInf/PmtInfId", KEY),
        ("PmtInf/ReqdExctnDt/Dt", "2027-02-01"),
        ("PmtInf/Dbtr/Nm", "Juergen Groesse + Soehne"),
        ("PmtInf/DbtrAcct/Id/IBAN", "DE89370400440532013000"),
        ("PmtInf/DbtrAgt/FinInstnId/BICFI", "COBADEFFXXX"),
        ("PmtInf/CdtTrfTxInf/PmtId/EndToEndId", KEY),
        ("PmtInf/CdtTrfTxInf/Amt/InstdAmt", "1250.50"),
        ("PmtInf/CdtTrfTxInf/Cdtr/Nm", "Anna Schmidt"),
        ("PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN", ANNA),
        ("PmtInf/CdtTrfTxInf/RmtInf/Ustrd", "Miete Maerz"),
    ] {
        assert_eq!(read.text(path), Some(text), "{path}");
    }
}

#[test]
fn a_bill_costs_what_was_agreed_to_and_brings_its_number() {
    let authorised = authorised(bill(), Some(money("83.40", "EUR")));
    let instruction = Instruction::authorised(&authorised, now()).unwrap();
    let xml = pain001::credit_transfer(&instruction, &Debtor::new(mine().account), Some(&power()))
        .unwrap();
    golden("pain001.pay-bill.xml", &xml);
    let read = Xml::read(&xml);
    let of = |path| read.text(&format!("PmtInf/CdtTrfTxInf/{path}"));
    assert_eq!(of("Amt/InstdAmt"), Some("83.40"));
    assert_eq!(of("RmtInf/Ustrd"), Some("Rechnung 4711/26"));
    assert_eq!(of("CdtrAgt/FinInstnId/BICFI"), Some("UBSWCHZH80A"));
    // It is paid on the day on which it is authorised.
    assert_eq!(read.text("PmtInf/ReqdExctnDt/Dt"), Some("2027-01-15"));
    let code = epc_qr::payload(&instruction, Some(&power())).unwrap();
    golden("epc-qr.pay-bill.txt", &code);
    // The amount of a bill that nobody knows is in no format.
    let unknown = command(bill());
    let instruction = Instruction::unconfirmed(&unknown, now());
    for error in [
        pain001::credit_transfer(&instruction, &mine(), Some(&power())).unwrap_err(),
        epc_qr::payload(&instruction, Some(&power())).unwrap_err(),
    ] {
        assert!(matches!(error, ExportError::NoAmount { .. }), "{error}");
    }
}

#[test]
fn an_app_reads_a_code() {
    let plain = authorised(send_plain(), None);
    let instruction = Instruction::authorised(&plain, now()).unwrap();
    let code = epc_qr::payload(&instruction, Some(&anna())).unwrap();
    assert_eq!(
        code,
        format!("BCD\n002\n1\nSCT\n\nAnna Schmidt\n{ANNA}\nEUR50.00")
    );
    golden("epc-qr.send-money.txt", &code);
    // Who is asked for money pays to the speaker.
    let request = json!({
        "type": "request_money", "recipient": {"name": "Ben"}, "amount": euros("12.5"),
        "reference": "Pizza für alle",
    });
    let request = authorised(request, None);
    let instruction = Instruction::authorised(&request, now()).unwrap();
    let own = Payee::new(mine().account);
    let code = epc_qr::payload(&instruction, Some(&own)).unwrap();
    assert_eq!(
        code.lines().collect::<Vec<_>>(),
        [
            "BCD",
            "002",
            "1",
            "SCT",
            "COBADEFFXXX",
            "Jürgen Größe & Söhne",
            "DE89370400440532013000",
            "EUR12.50",
            "",
            "",
            "Pizza für alle"
        ]
    );
    golden("epc-qr.request-money.txt", &code);
    assert!(matches!(
        epc_qr::payload(&instruction, None),
        Err(ExportError::NoAccount { .. })
    ));
}

#[test]
fn what_sepa_cannot_carry_is_a_typed_error() {
    let transfer = |said: Value, payee: Option<Payee>| {
        let said = command(said);
        let instruction = Instruction::unconfirmed(&said, now());
        let xml = pain001::credit_transfer(&instruction, &mine(), payee.as_ref()).unwrap_err();
        (xml, epc_qr::payload(&instruction, payee.as_ref()))
    };
    let with = |key: &str, value: Value| {
        let mut said = send_plain();
        said[key] = value;
        said
    };
    // What both formats refuse in the same way.
    let holder = |name: &str| Payee::new(Account::new(name, iban(ANNA)));
    let at = |number: &str| Payee::new(Account::new("Anna", iban(number)));
    type Is = fn(&ExportError) -> bool;
    for (said, payee, is) in [
        (
            with("amount", json!({"amount": "5", "currency": "USD"})),
            anna(),
            (|e| {
                matches!(
                    e,
                    ExportError::Currency {
                        currency: "USD",
                        accepted: "EUR",
                        ..
                    }
                )
            }) as Is,
        ),
        (with("amount", euros("1000000000")), anna(), |e| {
            matches!(e, ExportError::AmountRange { .. })
        }),
        (
            with(
                "recipient",
                json!({"name": "Anna", "iban": "DE89370400440532013000"}),
            ),
            anna(),
            |e| matches!(e, ExportError::OtherAccount { .. }),
        ),
        // A German account number that lacks a digit, with right check digits; one of the Faroe Islands;
        // and one of Switzerland without a BIC.
        (send_plain(), at("DE5137040044053201300"), |e| {
            matches!(e, ExportError::NotSepa(_))
        }),
        (send_plain(), at("FO6264600001631634"), |e| {
            matches!(e, ExportError::NotSepa(_))
        }),
        (send_plain(), at("CH9300762011623852957"), |e| {
            matches!(e, ExportError::NoBic(_))
        }),
        (send_plain(), holder(&"a".repeat(71)), |e| {
            matches!(
                e,
                ExportError::TooLong {
                    length: 71,
                    most: 70,
                    ..
                }
            )
        }),
        (send_plain(), holder(" "), |e| {
            matches!(e, ExportError::Empty { .. })
        }),
        (send_plain(), holder("Anna\nDE89370400440532013000"), |e| {
            matches!(
                e,
                ExportError::Character {
                    character: '\n',
                    ..
                }
            )
        }),
        (with("reference", json!("x".repeat(141))), anna(), |e| {
            matches!(e, ExportError::TooLong { most: 140, .. })
        }),
        (
            json!({"type": "top_up", "target": {"name": "Handy"}, "amount": euros("5")}),
            anna(),
            |e| {
                matches!(
                    e,
                    ExportError::NoForm {
                        command: "top_up",
                        ..
                    }
                )
            },
        ),
    ] {
        let (xml, code) = transfer(said, Some(payee));
        assert!(is(&xml), "{xml:?}");
        let code = code.unwrap_err();
        assert!(is(&code), "{code:?}");
    }
    let no_account = transfer(send_plain(), None).0;
    assert!(matches!(&no_account, ExportError::NoAccount { payee } if payee == "Anna Schmidt"));
    // Only an IBAN was said: nobody knows whose.
    let number = with("recipient", json!({"name": ANNA, "iban": ANNA}));
    assert!(matches!(transfer(number, None).0, ExportError::NoName(_)));
    let (past, code) = transfer(with("execution_date", json!("2027-01-14")), Some(anna()));
    assert!(matches!(past, ExportError::PastDate { .. }));
    // A code is carried out when it is read.
    assert!(matches!(code, Err(ExportError::Date { .. })));
    let (method, _) = transfer(
        with("payment_method", json!({"name": "Visa"})),
        Some(anna()),
    );
    assert!(matches!(method, ExportError::OtherPaymentMethod { said } if said == "Visa"));
    let (emoji, code) = transfer(with("reference", json!("für 🍕")), Some(anna()));
    assert!(matches!(
        emoji,
        ExportError::Character {
            field: "reference",
            character: '🍕',
            ..
        }
    ));
    assert!(code.is_ok(), "a code is in UTF-8");
    let long = "ü".repeat(140);
    let umlauts = Payee {
        reference: Some(long),
        ..holder(&"ö".repeat(70))
    };
    let (_, code) = transfer(send_plain(), Some(umlauts));
    assert!(matches!(code, Err(ExportError::TooLarge(bytes)) if bytes > 331));
}

#[test]
fn a_name_and_an_iban_that_were_said_suffice() {
    let said = command(json!({
        "type": "send_money", "recipient": {"name": "Anna", "iban": ANNA}, "amount": euros("5"),
    }));
    let instruction = Instruction::unconfirmed(&said, now());
    let xml = pain001::credit_transfer(&instruction, &mine(), None).unwrap();
    let read = Xml::read(&xml);
    assert_eq!(read.text("PmtInf/CdtTrfTxInf/Cdtr/Nm"), Some("Anna"));
    assert_eq!(read.text("PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN"), Some(ANNA));
}

proptest::proptest! {
    /// Whatever a name or reference holds, it stays in its own element and on its own line.
    #[test]
    fn text_cannot_break_out(name in "[A-Za-zäöü &]{1,40}|\\PC{0,20}", reference in "[a-zäöü &'\"\t]{1,60}|[ -~\n]{0,40}") {
        let mut said = send_plain();
        said["reference"] = json!(reference);
        let said = command(said);
        let instruction = Instruction::unconfirmed(&said, now());
        let payee = Payee::new(Account::new(name, iban(ANNA)));
        if let Ok(xml) = pain001::credit_transfer(&instruction, &mine(), Some(&payee)) {
            let read = Xml::read(&xml);
            proptest::prop_assert_eq!(read.texts.len(), 20);
            proptest::prop_assert_eq!(read.text("PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN"), Some(ANNA));
        }
        if let Ok(code) = epc_qr::payload(&instruction, Some(&payee)) {
            let lines: Vec<&str> = code.split(['\n', '\r']).collect();
            proptest::prop_assert_eq!((lines.len(), lines[6]), (12, ANNA));
            proptest::prop_assert!(code.len() <= 331);
        }
    }
}

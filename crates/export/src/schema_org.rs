//! schema.org Actions in JSON-LD, as assistants and web services exchange them.
//!
//! | command | type | |
//! | --- | --- | --- |
//! | `search_product` | `SearchAction` | `object` |
//! | `add_to_cart`, `remove_from_cart` | `AddAction`, `DeleteAction` | `object`, `targetCollection` |
//! | `buy_product` | `BuyAction` | `object`, `seller`, `priceSpecification` with `maxPrice` |
//! | `checkout`, `reorder` | `OrderAction` | `object` |
//! | `track_order`, `cancel_order` | `TrackAction`, `CancelAction` | `object`: an `Order` |
//! | `pay_merchant`, `top_up` | `PayAction` | `recipient`, `price` |
//! | `pay_bill` | `PayAction` | `recipient`, `object`: an `Invoice` |
//! | `send_money` | `MoneyTransfer` | `amount`, `participant` |
//! | `request_money` | `AskAction` | `recipient`, `about`: a `MoneyTransfer` |
//! | `create_standing_order` | `ScheduleAction` | `object`: a `MoneyTransfer`, `result`: a `Schedule` |
//!
//! Types and properties are those of schema.org, release 28 and later. Where a payee stands in a
//! `MoneyTransfer` it is a `participant`, since `recipient` is no property of that type. Amounts are decimal
//! strings, never floats. A name that no list vouches for has `"disambiguatingDescription": "heard, in no list"`.

use serde_json::{Map, Value, json};
use zahlwort_commands::{Instrument, Interval, Money, Order, Party, Product, Quantity, unit_name};
use zahlwort_grammar::{Frequency, Unit};

use crate::{ExportError, Format, Instruction};

/// The action that a command asks for, performed by `payer` if there is a name for them.
///
/// The `actionStatus` of an authorised command is `ActiveActionStatus`, and its `identifier` is the idempotency
/// key; that of an unconfirmed one is `PotentialActionStatus`. (When it expires has no place in an Action.)
///
/// # Errors
/// [`ExportError::NoForm`] for commands that neither buy nor pay.
pub fn action(instruction: &Instruction<'_>, payer: Option<&str>) -> Result<Value, ExportError> {
    let agreed = instruction.authorisation().and_then(|by| by.amount);
    let mut action = body(instruction.command(), agreed).ok_or(ExportError::NoForm {
        command: instruction.name(),
        format: Format::SchemaOrg,
    })?;
    action.insert("@context".to_owned(), json!("https://schema.org"));
    let status = if instruction.is_authorised() {
        "https://schema.org/ActiveActionStatus"
    } else {
        "https://schema.org/PotentialActionStatus"
    };
    action.insert("actionStatus".to_owned(), json!(status));
    if let Some(key) = instruction.key() {
        action.insert(
            "identifier".to_owned(),
            property("idempotency-key", &key.to_string()),
        );
    }
    if let Some(payer) = payer {
        action.insert(
            "agent".to_owned(),
            json!({"@type": "Person", "name": payer}),
        );
    }
    Ok(Value::Object(action))
}

/// An object whose absent values are left out.
fn node<const N: usize>(kind: &str, parts: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let mut node = Map::from_iter([("@type".to_owned(), json!(kind))]);
    for (name, value) in parts {
        if let Some(value) = value {
            node.insert(name.to_owned(), value);
        }
    }
    node
}

/// `agreed` is what the speaker agreed to where the command itself says no amount.
fn body(command: &Order, agreed: Option<Money>) -> Option<Map<String, Value>> {
    Some(match command {
        Order::SearchProduct { product } => {
            node("SearchAction", [("object", Some(thing(product)))])
        }
        Order::AddToCart { product, quantity } => node(
            "AddAction",
            [
                ("object", Some(counted(product, quantity.as_ref()))),
                ("targetCollection", Some(cart())),
            ],
        ),
        Order::RemoveFromCart { product } => node(
            "DeleteAction",
            [
                ("object", Some(thing(product))),
                ("targetCollection", Some(cart())),
            ],
        ),
        Order::BuyProduct {
            product,
            quantity,
            merchant,
            payment_method,
            max_price,
        } => node(
            "BuyAction",
            [
                ("object", Some(counted(product, quantity.as_ref()))),
                ("seller", merchant.as_ref().map(organization)),
                ("instrument", payment_method.as_ref().map(instrument)),
                ("priceSpecification", max_price.as_ref().map(limit)),
            ],
        ),
        Order::Checkout { payment_method } => node(
            "OrderAction",
            [
                ("object", Some(cart())),
                ("price", agreed.as_ref().map(price)),
                ("priceCurrency", agreed.as_ref().map(currency)),
                ("instrument", payment_method.as_ref().map(instrument)),
            ],
        ),
        Order::Reorder { product } => node(
            "OrderAction",
            [
                ("object", Some(product.as_ref().map_or_else(last, thing))),
                ("price", agreed.as_ref().map(price)),
                ("priceCurrency", agreed.as_ref().map(currency)),
            ],
        ),
        Order::TrackOrder { product } => {
            node("TrackAction", [("object", Some(order(product.as_ref())))])
        }
        Order::CancelOrder { product } => {
            node("CancelAction", [("object", Some(order(product.as_ref())))])
        }
        Order::PayMerchant {
            merchant,
            amount,
            payment_method,
        } => {
            let amount = amount.or(agreed);
            node(
                "PayAction",
                [
                    ("recipient", Some(organization(merchant))),
                    ("price", amount.as_ref().map(price)),
                    ("priceCurrency", amount.as_ref().map(currency)),
                    ("instrument", payment_method.as_ref().map(instrument)),
                ],
            )
        }
        Order::PayBill {
            biller,
            amount,
            due_date,
            payment_method,
        } => {
            let amount = amount.or(agreed);
            let invoice = node(
                "Invoice",
                [
                    ("provider", Some(organization(biller))),
                    ("totalPaymentDue", amount.as_ref().map(monetary)),
                    (
                        "scheduledPaymentDate",
                        due_date.map(|day| json!(day.to_string())),
                    ),
                ],
            );
            node(
                "PayAction",
                [
                    ("recipient", Some(organization(biller))),
                    ("object", Some(invoice.into())),
                    ("price", amount.as_ref().map(price)),
                    ("priceCurrency", amount.as_ref().map(currency)),
                    ("instrument", payment_method.as_ref().map(instrument)),
                ],
            )
        }
        Order::SendMoney {
            recipient,
            amount,
            reference,
            execution_date,
            payment_method,
        } => node(
            "MoneyTransfer",
            [
                ("amount", Some(monetary(amount))),
                ("participant", Some(person(recipient))),
                ("description", reference.as_ref().map(|text| json!(text))),
                (
                    "startTime",
                    execution_date.map(|day| json!(format!("{day}T00:00:00"))),
                ),
                ("instrument", payment_method.as_ref().map(instrument)),
            ],
        ),
        Order::RequestMoney {
            recipient,
            amount,
            reference,
        } => {
            let transfer = node("MoneyTransfer", [("amount", Some(monetary(amount)))]);
            node(
                "AskAction",
                [
                    ("recipient", Some(person(recipient))),
                    ("about", Some(transfer.into())),
                    ("description", reference.as_ref().map(|text| json!(text))),
                ],
            )
        }
        Order::CreateStandingOrder {
            recipient,
            amount,
            interval,
            start_date,
            reference,
            payment_method,
        } => {
            let transfer = node(
                "MoneyTransfer",
                [
                    ("amount", Some(monetary(amount))),
                    ("participant", Some(person(recipient))),
                    ("description", reference.as_ref().map(|text| json!(text))),
                    ("instrument", payment_method.as_ref().map(instrument)),
                ],
            );
            let mut schedule = schedule(*interval);
            if let Some(day) = start_date {
                schedule.insert("startDate".to_owned(), json!(day.to_string()));
            }
            node(
                "ScheduleAction",
                [
                    ("object", Some(transfer.into())),
                    ("result", Some(schedule.into())),
                ],
            )
        }
        Order::TopUp { target, amount } => node(
            "PayAction",
            [
                (
                    "object",
                    Some(named("Product", &target.name, target.id.as_deref(), target.open).into()),
                ),
                ("price", Some(price(amount))),
                ("priceCurrency", Some(currency(amount))),
            ],
        ),
        _ => return None,
    })
}

fn named(kind: &str, name: &str, id: Option<&str>, open: bool) -> Map<String, Value> {
    node(
        kind,
        [
            ("name", Some(json!(name))),
            ("identifier", id.map(|id| json!(id))),
            (
                "disambiguatingDescription",
                open.then(|| json!("heard, in no list")),
            ),
        ],
    )
}

fn party(kind: &str, party: &Party) -> Value {
    let mut node = named(kind, &party.name, party.id.as_deref(), party.open);
    if let Some(iban) = &party.iban {
        let iban = property("IBAN", iban.as_str());
        let all = match node.remove("identifier") {
            Some(id) => json!([id, iban]),
            None => iban,
        };
        node.insert("identifier".to_owned(), all);
    }
    node.into()
}

fn person(whom: &Party) -> Value {
    party("Person", whom)
}

fn organization(whom: &Party) -> Value {
    party("Organization", whom)
}

fn thing(product: &Product) -> Value {
    named(
        "Product",
        &product.name,
        product.id.as_deref(),
        product.open,
    )
    .into()
}

fn instrument(with: &Instrument) -> Value {
    named("PaymentMethod", &with.name, with.id.as_deref(), with.open).into()
}

fn cart() -> Value {
    json!({"@type": "ItemList", "name": "cart"})
}

fn last() -> Value {
    json!({"@type": "Order", "name": "last order"})
}

fn order(product: Option<&Product>) -> Value {
    match product {
        Some(product) => json!({"@type": "Order", "orderedItem": thing(product)}),
        None => last(),
    }
}

/// A product, or so much of it.
fn counted(product: &Product, quantity: Option<&Quantity>) -> Value {
    let Some(quantity) = quantity else {
        return thing(product);
    };
    let unit = quantity.unit();
    node(
        "TypeAndQuantityNode",
        [
            (
                "amountOfThisGood",
                Some(json!(quantity.amount().to_string())),
            ),
            ("unitCode", unit_code(unit).map(|code| json!(code))),
            ("unitText", Some(json!(unit_name(unit)))),
            ("typeOfGood", Some(thing(product))),
        ],
    )
    .into()
}

/// The UN/CEFACT common code (Recommendation 20) of units that are the same everywhere. A German pound is not
/// an English one, and a package has no size.
fn unit_code(unit: Unit) -> Option<&'static str> {
    Some(match unit {
        Unit::Piece => "H87",
        Unit::Dozen => "DZN",
        Unit::Pair => "PR",
        Unit::Gram => "GRM",
        Unit::Kilogram => "KGM",
        Unit::Tonne => "TNE",
        Unit::Millilitre => "MLT",
        Unit::Centilitre => "CLT",
        Unit::Litre => "LTR",
        Unit::Millimetre => "MMT",
        Unit::Centimetre => "CMT",
        Unit::Metre => "MTR",
        Unit::Kilometre => "KMT",
        _ => return None,
    })
}

fn price(amount: &Money) -> Value {
    json!(amount.amount_string())
}

fn currency(amount: &Money) -> Value {
    json!(amount.currency().code())
}

fn monetary(amount: &Money) -> Value {
    json!({"@type": "MonetaryAmount", "currency": currency(amount), "value": price(amount)})
}

fn limit(amount: &Money) -> Value {
    json!({"@type": "PriceSpecification", "maxPrice": price(amount), "priceCurrency": currency(amount)})
}

fn property(name: &str, value: &str) -> Value {
    json!({"@type": "PropertyValue", "propertyID": name, "value": value})
}

/// How often, with an ISO 8601 duration. schema.org does not say what the 31st means in a shorter month, so
/// that is written beside it.
fn schedule(interval: Interval) -> Map<String, Value> {
    let interval = interval.get();
    let unit = match interval.frequency {
        Frequency::Daily => 'D',
        Frequency::Weekly => 'W',
        Frequency::Monthly => 'M',
        Frequency::Yearly => 'Y',
    };
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let weekday = interval
        .weekday
        .and_then(|day| DAYS.get(usize::from(day).checked_sub(1)?));
    node(
        "Schedule",
        [
            (
                "repeatFrequency",
                Some(json!(format!("P{}{unit}", interval.every))),
            ),
            (
                "byDay",
                weekday.map(|day| json!(format!("https://schema.org/{day}"))),
            ),
            ("byMonthDay", interval.month_day.map(|day| json!(day))),
            (
                "description",
                interval
                    .month_day
                    .filter(|day| *day > 28)
                    .map(|_| json!("in a shorter month on its last day")),
            ),
        ],
    )
}

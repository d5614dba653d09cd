//! What the slots of an order hold.

use jiff::civil::Date;

use crate::{Instrument, Interval, Money, Party, Period, Product, Quantity};

/// A value that an order holds, to look at without knowing the order ([`Order::held`](crate::Order::held)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held<'a> {
    /// An amount.
    Money(Money),
    /// Somebody.
    Party(&'a Party),
    /// A card, an account or something else that is paid with or loaded.
    Instrument(&'a Instrument),
    /// Something to buy.
    Product(&'a Product),
    /// How much of something.
    Quantity(Quantity),
    /// A day.
    Date(Date),
    /// How often.
    Interval(Interval),
    /// A stretch of time that has passed.
    Period(Period),
    /// Words.
    Text(&'a str),
}

impl<'a> Held<'a> {
    /// The name, where the value is one.
    pub fn name(self) -> Option<&'a str> {
        match self {
            Held::Party(party) => Some(&party.name),
            Held::Instrument(instrument) => Some(&instrument.name),
            Held::Product(product) => Some(&product.name),
            _ => None,
        }
    }
}

/// A field of an order.
pub(crate) trait Field {
    fn held(&self) -> Option<Held<'_>>;

    fn is_unsaid(&self) -> bool {
        self.held().is_none()
    }
}

impl<T: Field> Field for Option<T> {
    fn held(&self) -> Option<Held<'_>> {
        self.as_ref().and_then(Field::held)
    }
}

impl Field for Money {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Money(*self))
    }
}

impl Field for Party {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Party(self))
    }
}

impl Field for Instrument {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Instrument(self))
    }
}

impl Field for Product {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Product(self))
    }
}

impl Field for Quantity {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Quantity(*self))
    }
}

impl Field for Date {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Date(*self))
    }
}

impl Field for Interval {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Interval(*self))
    }
}

impl Field for Period {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Period(*self))
    }
}

impl Field for String {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Text(self))
    }
}

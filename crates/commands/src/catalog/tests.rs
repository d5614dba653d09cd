use std::fmt::Write;
use std::time::Instant;

use super::*;
use zahlwort_grammar::words;

fn error(yaml: &str) -> String {
    Catalog::parse("c.yaml", yaml).expect_err(yaml).to_string()
}

#[test]
fn names_identifiers_and_spoken_forms_become_lists() {
    let catalog = Catalog::parse(
        "c.yaml",
        "products: [Kaffee, {name: Hafermilch, id: sku-123, say: [Haferdrink, Hafermilch Barista]}]\n\
         merchants:\n  - name: \"Bäckerei: Müller\"\n    id: 7\n    say: Müller\n  - 1984\n\
         billers:\n",
    )
    .unwrap();
    let lists = catalog.lists();
    let names: Vec<&String> = lists.keys().collect();
    assert_eq!(names, Catalog::list_names().iter().collect::<Vec<_>>());
    let List::Values(products) = &lists["products"] else {
        panic!("not a list of values")
    };
    assert_eq!(products[0].say, lit("Kaffee"));
    assert_eq!(products[1].out, "Hafermilch");
    assert_eq!(products[1].id.as_deref(), Some("sku-123"));
    assert_eq!(
        products[1].say,
        words(["Hafermilch", "Haferdrink", "Hafermilch Barista"])
    );
    assert_eq!(catalog.merchants[0].name, "Bäckerei: Müller");
    assert_eq!(catalog.merchants[0].id.as_deref(), Some("7"));
    assert_eq!(catalog.merchants[0].say, ["Müller"]);
    assert_eq!(catalog.merchants[1].name, "1984");
    assert!(catalog.billers.is_empty());
}

#[test]
fn an_empty_file_is_an_empty_catalog() {
    for yaml in ["", "# nothing yet\n", "---\n", "~", "{}"] {
        assert_eq!(
            Catalog::parse("c.yaml", yaml),
            Ok(Catalog::default()),
            "{yaml:?}"
        );
    }
}

#[test]
fn the_example_ships_with_names_in_every_list() {
    let example = Catalog::example().unwrap();
    for list in Catalog::LISTS {
        assert!(!example.entries(list).unwrap().is_empty(), "{list}");
    }
    assert_eq!(example.contacts[0].name, "Anna Schmidt");
    assert_eq!(example.contacts[0].say, ["Anna"]);
}

#[test]
fn errors_say_where_and_how_to_mend_it() {
    for (yaml, place, what) in [
        (
            "products: [Kaffee\nbillers: [A]",
            "c.yaml:2:",
            "not valid YAML",
        ),
        (
            "products: [Kaffee]\nprodukte: [Milch]",
            "c.yaml:2:1:",
            "use one of products, contacts",
        ),
        (
            "products: Kaffee",
            "c.yaml:1:11:",
            "expected a list, found text",
        ),
        (
            "[Kaffee]",
            "c.yaml:1:1:",
            "expected a mapping of lists, found a list",
        ),
        ("products:\n  - {id: 7}", "c.yaml:2:5:", "no name"),
        (
            "products:\n  - {name: Tee, sagen: Chai}",
            "c.yaml:2:17:",
            "unknown key \"sagen\"",
        ),
        (
            "products:\n  - {name: Tee, name: Chai}",
            "c.yaml:2:17:",
            "already given",
        ),
        (
            "products: [A]\nproducts: [B]",
            "c.yaml:2:1:",
            "already given",
        ),
        ("products: [[A]]", "c.yaml:1:12:", "found a list"),
        ("products: [~]", "c.yaml:1:12:", "found nothing"),
        ("products: ['']", "c.yaml:1:12:", "nothing that can be said"),
        (
            "products: ['!?']",
            "c.yaml:1:12:",
            "nothing that can be said",
        ),
        (
            "products: [{name: [A]}]",
            "c.yaml:1:19:",
            "expected text, found a list",
        ),
        (
            "products: &x [A]\nbillers: *x",
            "c.yaml:1:",
            "anchors and aliases",
        ),
        (
            "products: [A]\n---\nbillers: [B]",
            "c.yaml:2:1:",
            "one YAML document",
        ),
    ] {
        let error = error(yaml);
        assert!(
            error.starts_with(place) && error.contains(what),
            "{yaml}: {error}"
        );
    }
}

#[test]
fn sizes_are_limited() {
    let long = "x".repeat(201);
    assert!(error(&format!("products: [{long}]")).contains("more than 200 characters"));
    let forms = vec!["x"; 101].join(",");
    assert!(
        error(&format!("products: [{{name: a, say: [{forms}]}}]")).contains("100 spoken forms")
    );
    let deep = format!("products: {}", "[".repeat(200_000));
    assert!(error(&deep).contains("c.yaml:1:"));
}

#[test]
fn one_spoken_form_cannot_stand_for_two_shops_nor_one_name_for_two_people() {
    let yaml = "merchants:\n  - {name: Bäcker Schmidt, say: [Bäcker]}\n  - {name: Bäcker Weber, say: [bäcker]}";
    let told = error(yaml);
    assert!(told.starts_with("c.yaml:3:5:"), "{told}");
    assert!(
        told.contains("\"Bäcker Schmidt\" (line 2) or \"Bäcker Weber\""),
        "{told}"
    );
    let told = error("contacts: [{name: Anna Schmidt, id: a}, {name: anna schmidt, id: b}]");
    assert!(told.contains("\"Anna Schmidt\" (line 1)"), "{told}");
    // Which Anna is asked.
    let two = "contacts: [{name: Anna Schmidt, say: [Anna]}, {name: Anna Weber, say: [anna]}]";
    assert_eq!(Catalog::parse("c.yaml", two).unwrap().contacts.len(), 2);
    // The same thing twice is harmless; in another list it is another thing.
    let fine = "products: [Butter, {name: butter, say: [Kräuterbutter]}]\nbillers: [butter]";
    let lists = Catalog::parse("c.yaml", fine).unwrap().lists();
    let List::Values(products) = &lists["products"] else {
        panic!("not a list of values")
    };
    assert_eq!(products.len(), 1);
    assert_eq!(products[0].out, "Butter");
    assert_eq!(products[0].say, words(["Butter", "Kräuterbutter"]));
}

#[test]
fn ten_thousand_products_are_read_quickly() {
    let mut yaml = String::from("products:\n");
    for i in 0..10_000 {
        writeln!(
            yaml,
            "  - {{name: Produkt Nummer {i}, id: sku-{i}, say: [Ding {i}, Sache {i}]}}"
        )
        .unwrap();
    }
    let start = Instant::now();
    let catalog = Catalog::parse("c.yaml", &yaml).unwrap();
    let lists = catalog.lists();
    let elapsed = start.elapsed();
    assert_eq!(catalog.products.len(), 10_000);
    assert_eq!(lists.len(), 7);
    eprintln!("10 000 products: {elapsed:?}");
    assert!(elapsed.as_millis() < 1000, "{elapsed:?}");
}

/// What the spoken form of a list's entry stands for: its name, or what it may stand for.
fn stands_for(catalog: &str, list: &str, said: &str) -> Option<(String, Option<usize>)> {
    let lists = Catalog::parse("c.yaml", catalog).unwrap().lists();
    let List::Values(entries) = &lists[list] else {
        panic!("not a list of values")
    };
    let says = |entry: &&Entry| {
        let forms = format!("{:?}", entry.say);
        forms.contains(&format!("Lit({said:?})"))
    };
    let mut found = entries.iter().filter(says);
    let entry = found.next()?;
    assert!(found.next().is_none(), "{said} stands for two");
    let candidates = entry.metadata.get(CANDIDATES);
    let candidates = candidates.map(|all| all.as_array().unwrap().len());
    Some((entry.out.as_str()?.to_owned(), candidates))
}

#[test]
fn a_general_word_is_the_one_method_of_its_kind_or_a_question() {
    let one = "payment_methods: [Visa, PayPal, {name: Giro Plus, kind: account}]";
    let two = "payment_methods: [Visa, Mastercard, {name: Firmenkarte, kind: debit_card}]";
    let own = "payment_methods: [Visa, {name: Kreditkarte, say: credit card}]";
    let is = |name: &str| Some((name.to_owned(), None));
    for (catalog, said, expected) in [
        (one, "Kreditkarte", is("Visa")),
        (one, "credit card", is("Visa")),
        (one, "Karte", is("Visa")),
        (one, "checking account", is("Giro Plus")),
        (one, "Konto", is("Giro Plus")),
        (one, "EC-Karte", Some(("Bankkarte".into(), Some(0)))),
        (two, "Kreditkarte", Some(("Kreditkarte".into(), Some(2)))),
        (two, "card", Some(("card".into(), Some(3)))),
        (two, "Debitkarte", is("Firmenkarte")),
        (own, "Kreditkarte", is("Kreditkarte")),
        (own, "credit card", is("Kreditkarte")),
        (own, "Karte", Some(("Karte".into(), Some(2)))),
    ] {
        let got = stands_for(catalog, "payment_methods", said);
        assert_eq!(got, expected, "{said}: {catalog}");
    }
    let told = error("payment_methods: [{name: Visa, kind: gold}]");
    assert!(
        told.contains("use one of credit_card, debit_card"),
        "{told}"
    );
    let told = error("products: [{name: Tee, kind: wallet}]");
    assert!(told.contains("unknown key \"kind\""), "{told}");
}

#[test]
fn everybody_who_can_be_paid_is_a_payee_once() {
    let catalog = "contacts: [{name: Anna, id: c}]\n\
                   billers: [Telekom, {name: anna, id: b}]\nmerchants: [telekom, Rewe]";
    let lists = Catalog::parse("c.yaml", catalog).unwrap().lists();
    let names = |lists: &BTreeMap<String, List>| -> Vec<String> {
        let List::Values(entries) = &lists["payees"] else {
            panic!("not a list of values")
        };
        let names = entries.iter().map(|entry| entry.out.as_str().unwrap());
        names.map(str::to_owned).collect()
    };
    assert_eq!(names(&lists), ["Anna", "Telekom", "Rewe"]);
    // Another list of contacts, and completed as often as one likes.
    let mut lists = lists;
    lists.insert("contacts".into(), list_of(&[CatalogEntry::named("Rewe")]));
    for _ in 0..2 {
        complete(&mut lists, &BTreeMap::new());
        assert_eq!(names(&lists), ["Rewe", "Telekom", "anna"]);
    }
    assert_eq!(
        changing_with("contacts").collect::<Vec<_>>(),
        ["contacts", "payees"]
    );
    assert_eq!(changing_with("products").collect::<Vec<_>>(), ["products"]);
}

#[test]
fn completing_twice_changes_nothing() {
    let once = Catalog::example().unwrap().lists();
    let mut twice = once.clone();
    complete(&mut twice, &BTreeMap::new());
    assert_eq!(once, twice);
}

//! YAML to [`Catalog`], straight from the parser's events: only what is kept is built, and a file that nests,
//! uses anchors or otherwise makes much out of little is refused at the first such event.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};

use super::{Catalog, CatalogEntry, CatalogError, CatalogErrorKind as Kind, MethodKind};

const MAX_BYTES: usize = 64 << 20;
const MAX_ENTRIES: usize = 1_000_000;
const MAX_FORMS: usize = 100;
const MAX_NAME_CHARS: usize = 200;

const LIST_HINT: &str = "write a list of names: `products: [Kaffee, {name: Milch, id: m-1}]`";
const ENTRY_HINT: &str = "write a name, or {name: …, id: …, say: […]}";
const TEXT_HINT: &str = "write plain text, in quotes if it holds : # { } [ ] , or is empty";
const ALIAS_HINT: &str = "write the text out; anchors and aliases are not supported";

pub(super) fn catalog(file: &str, yaml: &str) -> Result<Catalog, CatalogError> {
    let fail = |(mark, kind): (Marker, Kind)| CatalogError {
        file: file.to_owned(),
        line: mark.line().max(1),
        column: mark.col() + 1,
        kind,
    };
    if yaml.len() > MAX_BYTES {
        return Err(fail((Marker::new(0, 1, 0), Kind::TooLarge(MAX_BYTES))));
    }
    Reader {
        parser: Parser::new_from_str(yaml.trim_start_matches('\u{feff}')),
    }
    .document()
    .map_err(fail)
}

type Failure = (Marker, Kind);

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Marker), Failure> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start)),
            Some(Err(error)) => Err((*error.marker(), Kind::Syntax(error.info().to_owned()))),
            None => Ok((Event::StreamEnd, Marker::default())),
        }
    }

    fn document(&mut self) -> Result<Catalog, Failure> {
        let mut catalog = Catalog::default();
        let mut seen: Vec<String> = Vec::new();
        loop {
            let (event, mark) = self.next()?;
            match event {
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
                // An empty file, or one of comments only.
                Event::StreamEnd => return Ok(catalog),
                Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(&text) => {}
                Event::DocumentEnd => break,
                Event::MappingStart(0, _) => {
                    while let Some((key, mark)) = self.key()? {
                        if seen.contains(&key) {
                            return Err((mark, Kind::DuplicateKey(key)));
                        }
                        let Some(entries) = catalog.entries_mut(&key) else {
                            let known = Catalog::LISTS.join(", ");
                            return Err((mark, Kind::UnknownKey { key, known }));
                        };
                        self.list(&key, entries)?;
                        seen.push(key);
                    }
                }
                other => return Err(unexpected("a mapping of lists", &other, mark, LIST_HINT)),
            }
        }
        match self.next()? {
            (Event::StreamEnd, _) => Ok(catalog),
            (other, mark) => Err(unexpected(
                "the end of the file",
                &other,
                mark,
                "a catalog is one YAML document; take the `---` out",
            )),
        }
    }

    /// The next key of a mapping, or nothing at its end.
    fn key(&mut self) -> Result<Option<(String, Marker)>, Failure> {
        match self.next()? {
            (Event::MappingEnd, _) => Ok(None),
            (Event::Scalar(text, _, 0, _), mark) => Ok(Some((text.into_owned(), mark))),
            (other, mark) => Err(unexpected("a key", &other, mark, LIST_HINT)),
        }
    }

    fn list(&mut self, list: &str, entries: &mut Vec<CatalogEntry>) -> Result<(), Failure> {
        match self.next()? {
            (Event::SequenceStart(0, _), _) => {}
            (Event::Scalar(text, ScalarStyle::Plain, ..), _) if is_null(&text) => return Ok(()),
            (other, mark) => return Err(unexpected("a list", &other, mark, LIST_HINT)),
        }
        let mut spoken = Spoken::default();
        loop {
            let (event, mark) = self.next()?;
            let entry = match event {
                Event::SequenceEnd => return Ok(()),
                Event::Scalar(..) => CatalogEntry::named(name_of(event, mark)?),
                Event::MappingStart(0, _) => self.entry(list, mark)?,
                other => return Err(unexpected("a name", &other, mark, ENTRY_HINT)),
            };
            if entries.len() == MAX_ENTRIES {
                let list = list.to_owned();
                return Err((
                    mark,
                    Kind::TooManyEntries {
                        list,
                        limit: MAX_ENTRIES,
                    },
                ));
            }
            spoken.add(list, &entry, entries, mark)?;
            entries.push(entry);
        }
    }

    fn entry(&mut self, list: &str, start: Marker) -> Result<CatalogEntry, Failure> {
        let (mut name, mut id, mut say, mut kind) = (None, None, None, None);
        while let Some((key, mark)) = self.key()? {
            let given = match key.as_str() {
                "name" => name.replace(self.name()?).is_some(),
                "id" => id.replace(self.text()?).is_some(),
                "say" => say.replace(self.forms()?).is_some(),
                "kind" if list == "payment_methods" => kind.replace(self.kind()?).is_some(),
                _ => {
                    let known = match list {
                        "payment_methods" => "name, id, say, kind",
                        _ => "name, id, say",
                    };
                    let known = known.to_owned();
                    return Err((mark, Kind::UnknownKey { key, known }));
                }
            };
            if given {
                return Err((mark, Kind::DuplicateKey(key)));
            }
        }
        let name = name.ok_or((start, Kind::NoName))?;
        Ok(CatalogEntry {
            name,
            id,
            say: say.unwrap_or_default(),
            kind,
        })
    }

    fn kind(&mut self) -> Result<MethodKind, Failure> {
        let (event, mark) = self.next()?;
        let name = text_of(event, mark)?;
        MethodKind::from_name(&name).ok_or_else(|| {
            let known = MethodKind::NAMES.map(|(known, _)| known).join(", ");
            (mark, Kind::UnknownKind { name, known })
        })
    }

    /// One spoken form, or a list of them.
    fn forms(&mut self) -> Result<Vec<String>, Failure> {
        let (event, mark) = self.next()?;
        match event {
            Event::SequenceStart(0, _) => {}
            other => return Ok(vec![name_of(other, mark)?]),
        }
        let mut forms = Vec::new();
        loop {
            let (event, mark) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(forms);
            }
            if forms.len() == MAX_FORMS {
                return Err((mark, Kind::TooManyForms(MAX_FORMS)));
            }
            forms.push(name_of(event, mark)?);
        }
    }

    fn name(&mut self) -> Result<String, Failure> {
        let (event, mark) = self.next()?;
        name_of(event, mark)
    }

    fn text(&mut self) -> Result<String, Failure> {
        let (event, mark) = self.next()?;
        text_of(event, mark)
    }
}

fn is_null(plain: &str) -> bool {
    matches!(plain, "" | "~" | "null" | "Null" | "NULL")
}

/// Any scalar as it is written: `1984` and `true` are names of books, not numbers or flags.
fn text_of(event: Event<'_>, mark: Marker) -> Result<String, Failure> {
    match event {
        Event::Scalar(text, style, 0, _) if style != ScalarStyle::Plain || !is_null(&text) => {
            Ok(text.into_owned())
        }
        other => Err(unexpected("text", &other, mark, TEXT_HINT)),
    }
}

fn name_of(event: Event<'_>, mark: Marker) -> Result<String, Failure> {
    let text = text_of(event, mark)?;
    if text.chars().nth(MAX_NAME_CHARS).is_some() {
        return Err((mark, Kind::NameTooLong(MAX_NAME_CHARS)));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err((mark, Kind::Unspeakable(text)));
    }
    let name = text.trim();
    Ok(if name.len() == text.len() {
        text
    } else {
        name.to_owned()
    })
}

fn unexpected(
    expected: &'static str,
    event: &Event<'_>,
    mark: Marker,
    hint: &'static str,
) -> Failure {
    let (found, hint) = match event {
        Event::Alias(_) => ("an alias", ALIAS_HINT),
        Event::Scalar(_, _, 1.., _)
        | Event::SequenceStart(1.., _)
        | Event::MappingStart(1.., _) => ("an anchor", ALIAS_HINT),
        Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(text) => ("nothing", hint),
        Event::Scalar(..) => ("text", hint),
        Event::SequenceStart(..) => ("a list", hint),
        Event::MappingStart(..) => ("a mapping", hint),
        Event::DocumentStart(_) => ("another document", hint),
        _ => ("the end of this part", hint),
    };
    (
        mark,
        Kind::Unexpected {
            expected,
            found,
            hint,
        },
    )
}

/// What was said for which entry of a list, so far.
#[derive(Default)]
struct Spoken(HashMap<String, (usize, usize)>);

impl Spoken {
    fn add(
        &mut self,
        list: &str,
        entry: &CatalogEntry,
        before: &[CatalogEntry],
        mark: Marker,
    ) -> Result<(), Failure> {
        for form in std::iter::once(&entry.name).chain(&entry.say) {
            match self.0.entry(form.to_lowercase()) {
                Slot::Vacant(slot) => {
                    slot.insert((before.len(), mark.line()));
                }
                Slot::Occupied(slot) => {
                    let (index, first_line) = *slot.get();
                    // Its own form again, or the same thing in another case ("Butter", "butter").
                    let Some(first) = before.get(index) else {
                        continue;
                    };
                    let fine = if first.name.to_lowercase() == entry.name.to_lowercase() {
                        first.id == entry.id
                    } else {
                        // Of two people with one first name, the dialogue asks which; by their whole
                        // names they can be told apart.
                        list == "contacts"
                    };
                    if !fine {
                        return Err((
                            mark,
                            Kind::Ambiguous {
                                said: form.clone(),
                                first: first.name.clone(),
                                first_line,
                                second: entry.name.clone(),
                            },
                        ));
                    }
                }
            }
        }
        Ok(())
    }
}

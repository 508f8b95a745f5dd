//! A response in XML: only elements without children are of interest, whatever is around them.

use alloc::string::String;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zeroize::Zeroizing;

use crate::diagnose::refusal::fields::Fields;

/// Reads as far as the text can be read. What comes after an error in the XML is ignored, and so is an element without an end:
/// its text may be cut off.
pub(super) fn read(text: &str, fields: &mut Fields) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    let mut value = Zeroizing::new(String::new());
    let mut is_in_leaf = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                value.clear();
                is_in_leaf = true;
            }
            Ok(Event::End(end)) => {
                if is_in_leaf {
                    fields.add(&String::from_utf8_lossy(end.local_name().as_ref()), &value);
                }
                is_in_leaf = false;
            }
            Ok(Event::Text(part)) if is_in_leaf => match part.xml10_content() {
                Ok(part) => value.push_str(&part),
                Err(_) => return,
            },
            Ok(Event::CData(part)) if is_in_leaf => match part.xml10_content() {
                Ok(part) => value.push_str(&part),
                Err(_) => return,
            },
            Ok(Event::GeneralRef(reference)) if is_in_leaf => {
                let name = reference.decode().unwrap_or_default();
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    value.push(character);
                } else if let Some(text) = resolve_predefined_entity(&name) {
                    value.push_str(text);
                } else {
                    // An entity of the document's own is never resolved.
                    value.push('&');
                    value.push_str(&name);
                    value.push(';');
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

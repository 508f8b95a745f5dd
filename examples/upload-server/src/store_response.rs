//! Reads the XML in the responses of stores.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

/// Returns the text of an element directly below the root element `root`, or none if the document has another root.
pub(crate) fn text_in(xml: &str, root: &str, element: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if depth == 0 => {
                if start.local_name().as_ref() != root.as_bytes() {
                    return None;
                }
                depth = 1;
            }
            Event::Start(start) if start.local_name().as_ref() == element.as_bytes() => {
                let raw = reader.read_text(start.name()).ok()?;
                let text = raw.xml_content(XmlVersion::Implicit1_0).ok()?;
                return quick_xml::escape::unescape(&text).ok().map(Cow::into_owned);
            }
            Event::Start(start) => {
                reader.read_to_end(start.name()).ok()?;
            }
            Event::End(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

/// Returns the code of an error, such as `NoSuchUpload`.
pub(crate) fn error_code(xml: &str) -> Option<String> {
    text_in(xml, "Error", "Code")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_below_the_root() {
        let xml =
            "<?xml version=\"1.0\"?>\n<R xmlns=\"x\">\n<A><Id>no</Id></A><Empty/><Id>a&amp;&#98;</Id><Id>2</Id></R>";
        assert_eq!(text_in(xml, "R", "Id").as_deref(), Some("a&b"));
        assert_eq!(text_in(xml, "R", "Other"), None);
        assert_eq!(text_in(xml, "Error", "Id"), None);
    }

    #[test]
    fn texts_that_are_not_such_a_document() {
        for xml in ["", "OK", "<R>", "<R><Id>", "<R></R><Id>1</Id>", "<R><Id>&unknown;</Id></R>"] {
            assert_eq!(text_in(xml, "R", "Id"), None, "{xml}");
        }
    }
}

//! JSON text. Numbers are written as they were printed, digit by digit: a library would make binary floating point of them on the way.

use std::borrow::Cow;

/// A value of JSON.
pub(super) enum Json<'a> {
    /// A number, `true`, `false` or `null`, ready as it is.
    Plain(Cow<'a, str>),
    /// Words, not yet escaped.
    Text(Cow<'a, str>),
    /// Each element on a line of its own, so that a difference of two versions can be read.
    List(Vec<Json<'a>>),
    /// In the order given.
    Map(Vec<(&'static str, Json<'a>)>),
}

/// Words, not yet escaped.
pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Json<'a> {
    Json::Text(text.into())
}

impl Json<'_> {
    /// The value as a file.
    pub(super) fn document(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text.push('\n');
        text
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Plain(text) => out.push_str(text),
            Json::Text(text) => write_text(out, text),
            Json::List(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    element.write(out);
                }
                out.push_str(if elements.is_empty() { "]" } else { "\n]" });
            }
            Json::Map(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    write_text(out, key);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Writes a string of RFC 8259. Signs that need no escape, which is nearly all, are taken over in one piece.
fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut written = 0;
    for (at, sign) in text.bytes().enumerate() {
        let escaped: Cow<'_, str> = match sign {
            b'"' => "\\\"".into(),
            b'\\' => "\\\\".into(),
            b'\n' => "\\n".into(),
            b'\r' => "\\r".into(),
            b'\t' => "\\t".into(),
            sign if sign < b' ' => format!("\\u{sign:04x}").into(),
            _ => continue,
        };
        out.push_str(&text[written..at]);
        out.push_str(&escaped);
        written = at + 1;
    }
    out.push_str(&text[written..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_have_a_line_for_each_element() {
        let check = |json: Json<'_>, expected: &str| assert_eq!(json.document(), expected);
        check(Json::List(Vec::new()), "[]\n");
        let one = |number: &str| {
            Json::Map(vec![("a", Json::Plain(number.to_owned().into())), ("b", Json::Text("ก".into()))])
        };
        check(
            Json::List(vec![one("0.00"), one("null")]),
            "[\n{\"a\":0.00,\"b\":\"ก\"},\n{\"a\":null,\"b\":\"ก\"}\n]\n",
        );
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in any::<String>()) {
            let read: Option<String> = serde_json::from_str(&Json::Text(text.as_str().into()).document()).ok();
            prop_assert_eq!(read, Some(text));
        }
    }
}

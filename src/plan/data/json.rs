//! JSON text. Numbers are written as they were printed, digit by digit: a library would make binary floating point of them on the way.

/// A value of JSON.
pub(super) enum Json {
    /// A number, `true`, `false` or `null`, ready as it is.
    Plain(String),
    /// Words, not yet escaped.
    Text(String),
    /// Each element on a line of its own, so that a difference of two versions can be read.
    List(Vec<Json>),
    /// In the order given.
    Map(Vec<(&'static str, Json)>),
}

impl Json {
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

/// Writes a string of RFC 8259.
fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            sign if sign < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(sign))),
            sign => out.push(sign),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_have_a_line_for_each_element() {
        let check = |json: Json, expected: &str| assert_eq!(json.document(), expected);
        check(Json::List(Vec::new()), "[]\n");
        let one = |number: &str| {
            Json::Map(vec![("a", Json::Plain(number.to_owned())), ("b", Json::Text("ก".to_owned()))])
        };
        check(
            Json::List(vec![one("0.00"), one("null")]),
            "[\n{\"a\":0.00,\"b\":\"ก\"},\n{\"a\":null,\"b\":\"ก\"}\n]\n",
        );
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in any::<String>()) {
            let read: Option<String> = serde_json::from_str(&Json::Text(text.clone()).document()).ok();
            prop_assert_eq!(read, Some(text));
        }
    }
}

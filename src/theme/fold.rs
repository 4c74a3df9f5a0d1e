//! Templates → templates that print the same with less to do for every page. What is the same on all pages of a site, its words and its
//! language, becomes text, and small components stand where they are called.
//!
//! For each word the engine looks two names up, copies a value and escapes it; for each call it makes a table of arguments and a scope.
//! Only what is certain to print the same is folded; whatever is more than a simple case stays as its author wrote it, and where a folded
//! template fails, the author's own is asked what is wrong. So nobody sees that templates are folded.

use super::tags::{Kind, Piece, Tag, pieces};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Paths that have the same value on every page of a site, such as `language` and `words.score`, and the values as pages print them.
pub(super) type Constants = BTreeMap<String, String>;

/// Templates by the names under which the engine has them.
pub(super) type Templates = BTreeMap<String, String>;

/// What may stand in the tags of a component that is put in place of its calls, besides its parameters.
const KEYWORDS: [&str; 12] =
    ["if", "elif", "else", "endif", "is", "not", "and", "or", "none", "None", "true", "false"];

/// Folds all templates of a theme. One that cannot be cut into tags, or that gives the name of a constant another meaning, leaves all of
/// them as they are.
pub(super) fn folded(sources: &BTreeMap<String, Arc<Source>>, constants: &Constants) -> Templates {
    let cut: Option<BTreeMap<&str, Vec<Piece<'_>>>> =
        sources.iter().map(|(name, source)| Some((name.as_str(), pieces(&source.text)?))).collect();
    let roots: BTreeSet<&str> = constants.keys().map(|path| root(path)).collect();
    match cut {
        Some(templates) if !templates.values().flatten().any(|piece| rebinds(piece, &roots)) => {
            let mut fold = Fold { constants, components: BTreeMap::new() };
            fold.take_components(templates.values().flat_map(|pieces| definitions(pieces)).collect());
            let text = |name: &str, pieces: &[Piece<'_>]| match name.ends_with(".html") {
                true => fold.template(pieces),
                // What is no HTML is not escaped.
                false => pieces.iter().map(Piece::to_string).collect(),
            };
            templates.iter().map(|(name, pieces)| ((*name).to_owned(), text(name, pieces))).collect()
        }
        _ => super::texts(sources),
    }
}

/// What is put into templates.
struct Fold<'t> {
    constants: &'t Constants,
    /// Those that can stand where they are called, by name.
    components: BTreeMap<&'t str, Component<'t>>,
}

/// A component that is put in place of its calls.
struct Component<'t> {
    parameters: Vec<Parameter<'t>>,
    /// Folded.
    body: String,
}

/// What a component is called with; what it takes over from outside is none of it.
#[derive(Clone, Copy)]
struct Parameter<'t> {
    name: &'t str,
    kind: Option<&'t str>,
    default: Option<&'t str>,
}

/// A component as its author wrote it.
struct Definition<'t> {
    name: &'t str,
    /// What stands behind the name: `(is_at=None, @words)`.
    signature: &'t str,
    body: Vec<Piece<'t>>,
}

impl<'t> Fold<'t> {
    /// Takes the components that can be put in place of their calls, first those that call no other. Of two with one name, the engine
    /// knows which is meant.
    fn take_components(&mut self, mut open: Vec<Definition<'t>>) {
        let names: Vec<&str> = open.iter().map(|one| one.name).collect();
        open.retain(|one| names.iter().filter(|name| **name == one.name).count() == 1);
        let mut before = usize::MAX;
        while open.len() < before {
            before = open.len();
            open.retain(|definition| {
                let component = self.component(definition);
                let stays_open = component.is_none();
                self.components.extend(component.map(|component| (definition.name, component)));
                stays_open
            });
        }
    }

    fn component(&self, definition: &Definition<'t>) -> Option<Component<'t>> {
        let Definition { signature, body, .. } = definition;
        let parameters = parameters(signature)?;
        let body: String = body.iter().map(|piece| self.piece(piece, Some(signature))).collect();
        is_simple(&pieces(&body)?, &parameters).then_some(Component { parameters, body })
    }

    /// Folds a template. Its components stay, for calls that are more than a simple case.
    fn template(&self, pieces: &[Piece<'_>]) -> String {
        let mut folded = String::new();
        let mut signature = None;
        for piece in pieces {
            if statement(piece, "endcomponent").is_some() {
                signature = None;
            }
            folded.push_str(&self.piece(piece, signature));
            signature = statement(piece, "component").or(signature);
        }
        folded
    }

    /// Folds a piece of a template, or of the component with that signature.
    fn piece(&self, piece: &Piece<'_>, signature: Option<&str>) -> String {
        self.replacement(piece, signature).unwrap_or_else(|| piece.to_string())
    }

    /// What prints the same as a tag without a dash.
    fn replacement(&self, piece: &Piece<'_>, signature: Option<&str>) -> Option<String> {
        let Piece::Tag(Tag { kind: Kind::Print, inside, trims_before: false, trims_behind: false }) = piece
        else {
            return None;
        };
        match inside.strip_prefix('<') {
            Some(call) => self.called(call.strip_suffix("/>")?, signature),
            None => self.constant(inside, signature).map(str::to_owned),
        }
    }

    /// The text of a constant that is seen from here: a component sees what its signature takes over.
    fn constant(&self, path: &str, signature: Option<&str>) -> Option<&'t str> {
        let is_taken_over = |signature: &str| {
            let signs: Vec<&str> = words(signature).map(|(_, word)| word).collect();
            signs.windows(2).any(|pair| pair == ["@", root(path)])
        };
        // `words.a-b` is a subtraction.
        let is_path = path.split('.').all(is_word);
        let text = self.constants.get(path).filter(|_| is_path && signature.is_none_or(is_taken_over))?;
        // White space at its edges could fall to the dash of a neighbour, and a brace could make a tag.
        let stays = !text.is_empty() && text.trim() == text && !text.contains(['{', '}', '%', '#']);
        stays.then_some(text)
    }

    /// The body of the component that is called, with the arguments in it.
    fn called(&self, call: &str, signature: Option<&str>) -> Option<String> {
        let (name, arguments) = call.split_once(' ').unwrap_or((call, ""));
        let component = self.components.get(name)?;
        let mut arguments = arguments_of(arguments)?;
        let body = pieces(&component.body)?;
        let mut bound = BTreeMap::new();
        for Parameter { name, kind, default } in &component.parameters {
            let argument = arguments.remove(name);
            let part = format!("{name}.");
            let fits = match (argument, kind) {
                // `None.href` is no path.
                (None, _) => !component.body.contains(&part),
                (Some(_), None) => true,
                (Some(path), Some("string")) => self.constant(path, signature).is_some(),
                // Of what is no map nothing can be printed under a name, so that it fails either way.
                (Some(_), Some("map")) => evaluated(&body).any(|inside| inside.starts_with(&part)),
                _ => false,
            };
            bound.insert(*name, argument.or(*default).filter(|_| fits)?);
        }
        let put_in = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Tag(tag) => {
                let inside = substituted(tag.inside, &bound);
                self.piece(&Piece::Tag(Tag { inside: &inside, ..*tag }), signature)
            }
        };
        arguments.is_empty().then(|| body.iter().map(put_in).collect())
    }
}

/// Whether a tag could give the name of a constant another meaning. `@name` takes over the one outside.
fn rebinds(piece: &Piece<'_>, roots: &BTreeSet<&str>) -> bool {
    let Piece::Tag(Tag { inside, kind: Kind::Print | Kind::Statement, .. }) = piece else { return false };
    let words: Vec<&str> = words(inside).map(|(_, word)| word).collect();
    let is_bound = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let is_declared = words[0] == "component" && before != "@";
        is_declared || ["set", "set_global", "for"].contains(&before) || words.get(at + 1) == Some(&"in")
    };
    (0..words.len()).filter(|at| roots.contains(words[*at])).any(is_bound)
}

/// The components that a template defines.
fn definitions<'t>(template: &[Piece<'t>]) -> Vec<Definition<'t>> {
    let definition = |(at, piece): (usize, &Piece<'t>)| {
        let (name, signature) = statement(piece, "component")?.split_once('(')?;
        let inside = &template[at + 1..];
        let end = inside.iter().position(|piece| statement(piece, "endcomponent").is_some())?;
        Some(Definition { name: name.trim(), signature, body: trimmed(piece, &inside[..end], &inside[end]) })
    };
    template.iter().enumerate().filter_map(definition).collect()
}

/// What follows the word with which a statement begins.
fn statement<'t>(piece: &Piece<'t>, word: &str) -> Option<&'t str> {
    let Piece::Tag(Tag { kind: Kind::Statement, inside, .. }) = piece else { return None };
    inside.strip_prefix(word).filter(|rest| !rest.starts_with(is_letter))
}

/// A body between its two tags, whose dashes have taken effect. Dashes at its own edges have nothing left to take away.
fn trimmed<'t>(start: &Piece<'t>, body: &[Piece<'t>], end: &Piece<'t>) -> Vec<Piece<'t>> {
    let mut body = body.to_vec();
    if let (Piece::Tag(Tag { trims_behind: true, .. }), Some(Piece::Text(text))) = (start, body.first_mut()) {
        *text = text.trim_start();
    }
    if let (Piece::Tag(Tag { trims_before: true, .. }), Some(Piece::Text(text))) = (end, body.last_mut()) {
        *text = text.trim_end();
    }
    body.retain(|piece| *piece != Piece::Text(""));
    if let Some(Piece::Tag(tag)) = body.first_mut() {
        tag.trims_before = false;
    }
    if let Some(Piece::Tag(tag)) = body.last_mut() {
        tag.trims_behind = false;
    }
    body
}

/// The parameters of a signature. `None` if there is more in it than names, types and plain defaults.
fn parameters(signature: &str) -> Option<Vec<Parameter<'_>>> {
    let parameter = |text| {
        let (text, default) = halves(text, '=');
        let (name, kind) = halves(text, ':');
        let is_plain = [Some(name), kind, default].into_iter().flatten().all(is_word);
        is_plain.then_some(Parameter { name, kind, default })
    };
    let list = signature.strip_suffix(')')?.split(',').map(str::trim);
    list.filter(|text| !text.is_empty() && !text.starts_with('@')).map(parameter).collect()
}

fn halves(text: &str, between: char) -> (&str, Option<&str>) {
    text.split_once(between).map_or((text, None), |(first, second)| (first.trim(), Some(second.trim())))
}

/// The arguments of a call by parameter. `None` if any of them is more than a path.
fn arguments_of(call: &str) -> Option<BTreeMap<&str, &str>> {
    call.split_whitespace().map(argument).collect()
}

fn argument(text: &str) -> Option<(&str, &str)> {
    let (name, path) = text.split_once('=')?;
    let path = path.strip_prefix('{')?.strip_suffix('}')?;
    let is_path = path.split('.').all(|step| is_word(step.strip_suffix('?').unwrap_or(step)));
    is_path.then_some((name, path))
}

/// Whether a component prints the same where it is called: it evaluates each of its parameters in any case, as a call does, and asks for
/// nothing else. At its edges it has no white space, which could fall to the dash of a neighbour.
fn is_simple(body: &[Piece<'_>], parameters: &[Parameter<'_>]) -> bool {
    let is_parameter = |name: &str| parameters.iter().any(|parameter| parameter.name == name);
    let is_simple_piece = |piece: &Piece<'_>| match piece {
        Piece::Text(_) => true,
        Piece::Tag(Tag { kind: Kind::Comment, .. }) => false,
        Piece::Tag(Tag { kind, inside, .. }) => {
            let begins = words(inside).next().map_or("", |(_, word)| word);
            let is_condition = ["if", "elif", "else", "endif"].contains(&begins);
            is_condition == (*kind == Kind::Statement)
                && words(inside).all(|(_, word)| is_word(word) || [".", "?"].contains(&word))
                && names(inside).all(|(_, name)| is_parameter(name) || KEYWORDS.contains(&name))
        }
    };
    let is_evaluated = |parameter: &Parameter<'_>| {
        let first = |inside: &str| {
            names(inside).map(|(_, name)| name).find(|name| is_parameter(name)) == Some(parameter.name)
        };
        evaluated(body).any(first)
    };
    let has_edges = match (body.first(), body.last()) {
        (Some(first), Some(last)) => {
            !matches!(first, Piece::Text(text) if text.starts_with(char::is_whitespace))
                && !matches!(last, Piece::Text(text) if text.ends_with(char::is_whitespace))
        }
        _ => false,
    };
    has_edges && body.iter().all(is_simple_piece) && parameters.iter().all(is_evaluated)
}

/// What stands in the tags of a body that are evaluated whatever the arguments are.
fn evaluated<'b>(body: &'b [Piece<'b>]) -> impl Iterator<Item = &'b str> {
    let mut depth = 0_usize;
    body.iter().filter_map(move |piece| {
        let Piece::Tag(Tag { inside, .. }) = piece else { return None };
        let is_outside = depth == 0;
        depth += usize::from(statement(piece, "if").is_some());
        depth -= usize::from(statement(piece, "endif").is_some()).min(depth);
        is_outside.then_some(*inside)
    })
}

/// The inside of a tag with arguments in the place of parameters.
fn substituted(inside: &str, arguments: &BTreeMap<&str, &str>) -> String {
    let mut text = String::new();
    let mut done = 0;
    for (at, name) in names(inside) {
        if let Some(argument) = arguments.get(name) {
            text.push_str(&inside[done..at]);
            text.push_str(argument);
            done = at + name.len();
        }
    }
    text + &inside[done..]
}

/// The words in a tag that are no names of parts, as `is_at` in `is_at.code` is.
fn names(inside: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_name = |(at, word): &(usize, &str)| is_word(word) && !inside[..*at].trim_end().ends_with('.');
    words(inside).filter(is_name)
}

/// Words, and any other sign by itself, with the bytes at which they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = text.len() - text[at..].trim_start().len();
        let sign = text[at..].chars().next()?;
        let length = text[at..].find(|sign| !is_letter(sign)).unwrap_or(text.len() - at).max(sign.len_utf8());
        at += length;
        Some((at - length, &text[at - length..at]))
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_letter)
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// The name with which a path begins.
fn root(path: &str) -> &str {
    path.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &str = "{% component label(of: string, @language) -%}
<b lang=\"{{ language }}\">{{ of }}</b>
{%- endcomponent label %}
{% component known(value=None, @words) -%}
{% if value %}{{ value }}{% else %}{{ words.none }}{% endif %}
{%- endcomponent known %}
{% component passed(pass=None) -%}
{% if pass is none %}{{ <known/> }}{% elif pass -%} + {%- endif %}
{%- endcomponent passed %}
{% component link(to: map) -%}
<a href=\"{{ to.href }}\">{{ to.text }}</a>
{%- endcomponent link %}
{% component part(of=None) -%}
{% if of %}{{ of.text }}{% endif %}
{%- endcomponent part %}
{% component spaced(of) %} {{ of }}{% endcomponent spaced %}
{% component lazy(of, on) -%}{% if on %}{{ of }}{% endif %}{%- endcomponent lazy %}
{% component loose(of: map) -%}{% if of.href %}!{% endif %}{%- endcomponent loose %}
{% component owner(of, @agency) -%}{{ of }}{{ agency }}{%- endcomponent owner %}
";

    fn fold(template: &str) -> String {
        let words =
            [("language", "th"), ("words.score", "คะแนน"), ("words.none", "–"), ("words.set.a", "&lt;")];
        let odd = [("words.space", " ก"), ("words.brace", "{ก}"), ("words.empty", "")];
        let constants =
            words.iter().chain(&odd).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let sources = [("parts.html", PARTS), ("a.html", template)]
            .map(|(name, text)| (name.to_owned(), Source::new(name, text)))
            .into();
        folded(&sources, &constants)["a.html"].clone()
    }

    #[test]
    fn what_is_the_same_on_every_page_becomes_text() {
        let check = |template: &str, expected: &str| assert_eq!(fold(template), expected);
        check("<p>{{ words.score }} {{language}}</p>", "<p>คะแนน th</p>");
        check("{{ words.set.a }}", "&lt;");
        check("{{ <label of={words.score}/> }}", "<b lang=\"th\">คะแนน</b>");
        check("{{ <known/> }}", "{% if None %}{{ None }}{% else %}–{% endif %}");
        check(
            "{{ <known value={one.latest?.total}/> }}",
            "{% if one.latest?.total %}{{ one.latest?.total }}{% else %}–{% endif %}",
        );
        check("{{ <link to={row.link}/> }}", "<a href=\"{{ row.link.href }}\">{{ row.link.text }}</a>");
        check(
            "{{ <passed pass={a.b}/> }}",
            "{% if a.b is none %}{% if None %}{{ None }}{% else %}–{% endif %}{% elif a.b -%} + {%- endif %}",
        );
    }

    #[test]
    fn what_could_become_something_else_stays() {
        for template in [
            "{{- words.score }} {{ words.score -}} {{ words.score | upper }} {% if words.score %}{% endif %}",
            "{{ words.space }} {{ words.brace }} {{ words.empty }} {{ words.set }} {{ words.unknown }}",
            "{# {{ words.score }} #}{% set a = \"{{ language }}\" %}",
            "{{ <label of={row.text}/> }} {{ <part/> }} {{ <label/> }} {{ <label off={words.score}/> }} {{ <nobody/> }}",
            "{{- <known/> }} {{ <known value={1 + 1}/> }} {{ <known value={a}>b</known> }}",
            "{{ <spaced of={a}/> }} {{ <lazy of={a} on={b}/> }} {{ <loose of={a}/> }} {{ <owner of={a}/> }}",
            "{% component own(of) -%}{{ words.score }}{%- endcomponent own %}",
            "{% for words in all %}{{ words.score }}{{ language }}{% endfor %}",
            "{% component own(language) %}{{ language }}{% endcomponent own %}{{ words.score }}",
            "{% raw %}{{ words.score }}{% endraw %}",
        ] {
            assert_eq!(fold(template), template);
        }
    }
}

//! Which file uses which: by `use` and by paths in the code, through re-exports to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::source::{SourceFile, Token};

/// Files, each with the files that it uses and one of the paths by which it does.
pub type Uses = BTreeMap<String, BTreeMap<String, String>>;

/// Of the crate, from its root on.
type Path = Vec<String>;

struct Module<'f> {
    file: &'f SourceFile,
    children: BTreeSet<String>,
    imports: Vec<Import>,
    /// The code without its `use` declarations.
    code: Vec<&'f Token>,
}

struct Import {
    /// The name in the module; `_` for a trait without one.
    name: String,
    /// As it is written.
    path: Path,
    is_public: bool,
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    Module(Path),
    /// An item, by the module that defines it.
    Item(Path),
}

pub struct Modules<'f>(BTreeMap<Path, Module<'f>>);

impl<'f> Modules<'f> {
    pub fn new(files: &'f [SourceFile]) -> Self {
        let mut modules: BTreeMap<_, _> =
            files.iter().map(|file| (module_path(&file.path), Module::new(file))).collect();
        for path in modules.keys().cloned().collect::<Vec<_>>() {
            if let Some((name, parent)) = path.split_last() {
                modules.get_mut(parent).expect("a parent").children.insert(name.clone());
            }
        }
        Self(modules)
    }

    pub fn uses(&self) -> Uses {
        let mut uses = Uses::new();
        for (path, module) in &self.0 {
            let used = uses.entry(module.file.path.clone()).or_default();
            for written in self.paths_in(path, module) {
                let Some(Target::Item(target) | Target::Module(target)) = self.resolve(path, &written) else {
                    continue;
                };
                if target != *path {
                    used.entry(self.0[&target].file.path.clone()).or_insert(written.join("::"));
                }
            }
        }
        uses
    }

    /// All paths in a module that may be those of others, as they are written.
    fn paths_in(&self, path: &Path, module: &Module<'_>) -> Vec<Path> {
        let mut imported = Vec::new();
        // What is imported is used, except what a module only passes on. A module is used through its items.
        let is_parent = !module.children.is_empty();
        for import in &module.imports {
            let is_module = matches!(self.resolve(path, &import.path), Some(Target::Module(_)));
            let is_named = || module.code.iter().any(|token| token.is(&import.name));
            if !is_module && (import.name == "_" || !(import.is_public || is_parent) || is_named()) {
                imported.push(import.path.clone());
            }
        }
        imported.extend(paths(&module.code));
        imported
    }

    /// None for paths of other crates, for local names and for methods.
    fn resolve(&self, from: &[String], path: &[String]) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let module = &self.0[from];
        let parent = || from.split_last().map(|(_, parent)| parent);
        match first.as_str() {
            "crate" => return self.resolve_or_module(&[], rest),
            "self" => return self.resolve_or_module(from, rest),
            "super" => return self.resolve_or_module(parent()?, rest),
            _ => {}
        }
        if module.children.contains(first) {
            return self.resolve_or_module(&[from, slice::from_ref(first)].concat(), rest);
        }
        // A name may be that of another crate, and its own import.
        let import = module.imports.iter().find(|import| import.name == *first && import.path != path)?;
        match self.resolve(from, &import.path)? {
            Target::Module(target) => self.resolve_or_module(&target, rest),
            item @ Target::Item(_) => Some(item),
        }
    }

    /// In a module, everything that is not found is defined there.
    fn resolve_or_module(&self, module: &[String], rest: &[String]) -> Option<Target> {
        match rest {
            [] => Some(Target::Module(module.to_vec())),
            _ => self.resolve(module, rest).or_else(|| Some(Target::Item(module.to_vec()))),
        }
    }
}

impl<'f> Module<'f> {
    fn new(file: &'f SourceFile) -> Self {
        let (mut imports, mut code) = (Vec::new(), Vec::new());
        let mut rest = &file.tokens[..];
        while let Some(token) = rest.first() {
            if token.is("use") {
                let end = rest.iter().position(|token| token.is(";")).expect("an end");
                let is_public = is_after_visibility(&code);
                add_imports(&rest[1..end], &[], is_public, &mut imports);
                rest = &rest[end..];
            } else {
                code.push(token);
                rest = &rest[1..];
            }
        }
        Self { file, children: BTreeSet::new(), imports, code }
    }
}

/// `pub`, or `pub(...)`.
fn is_after_visibility(code: &[&Token]) -> bool {
    match code {
        [.., last] if last.is("pub") => true,
        [.., visibility, open, _, close] => visibility.is("pub") && open.is("(") && close.is(")"),
        _ => false,
    }
}

fn module_path(file: &str) -> Path {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect()
}

/// Reads one tree of a `use` declaration, or several with commas between them.
fn add_imports(tree: &[Token], prefix: &[String], is_public: bool, imports: &mut Vec<Import>) {
    for branch in split_at_commas(tree) {
        let mut path = prefix.to_vec();
        let mut name = None;
        let mut rest = branch;
        while let Some((token, after)) = rest.split_first() {
            rest = after;
            match token.word() {
                Some("as") => {
                    name = rest[0].word().map(str::to_owned);
                    break;
                }
                // `{self, ...}`
                Some("self") if !path.is_empty() => {}
                Some(word) => path.push(word.to_owned()),
                None if token.is("{") => {
                    add_imports(&rest[..rest.len() - 1], &path, is_public, imports);
                    path.clear();
                    break;
                }
                // Another crate.
                None if token.is("::") && path.is_empty() => break,
                None => {}
            }
        }
        if let Some(last) = path.last().cloned() {
            imports.push(Import { name: name.unwrap_or(last), path, is_public });
        }
    }
}

fn split_at_commas(tree: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0;
    tree.split(|token| {
        match token {
            Token::Other('{') => depth += 1,
            Token::Other('}') => depth -= 1,
            _ => {}
        }
        depth == 0 && token.is(",")
    })
    .collect()
}

/// All paths of more than one name.
fn paths(code: &[&Token]) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut position = 0;
    while position < code.len() {
        let mut path = Vec::new();
        let is_start = position == 0 || !code[position - 1].is("::");
        while let Some(word) = code.get(position).and_then(|token| token.word()) {
            path.push(word.to_owned());
            if !code.get(position + 1).is_some_and(|token| token.is("::")) {
                break;
            }
            position += 2;
        }
        if is_start && path.len() > 1 {
            paths.push(path);
        }
        position += 1;
    }
    paths
}

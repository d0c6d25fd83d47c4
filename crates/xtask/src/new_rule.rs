//! Writes what a new rule needs: its source from a template, its test module, its name in the pack's list.

use std::fs;

use anyhow::{Context, Result, ensure};

/// Writes the files. Nothing that exists is overwritten.
pub fn run(pack: &str, id: &str) -> Result<()> {
    let root = crate::root();
    let kebab = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    ensure!(kebab(id), "{id:?} is no rule id: use lower case words joined by `-` that name the problem");
    let folder = root.join("plugins").join(pack);
    ensure!(
        folder.join("Cargo.toml").is_file(),
        "there is no pack {pack:?}; there are: {}",
        crate::inputs::packs(&root)?.join(", ")
    );
    let module = id.replace('-', "_");
    let type_name: String = id
        .split('-')
        .map(|w| w.chars().next().into_iter().flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>())
        .collect();

    let source = folder.join("src").join(format!("{module}.rs"));
    let tests = root.join("tests/rules").join(id);
    ensure!(!source.exists() && !tests.exists(), "the rule {id} is there already: {}", source.display());

    let list = folder.join("src/lib.rs");
    let text = fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let with_rule = add_to_list(&text, &module, &type_name)
        .with_context(|| format!("{} has no `export_pack!(\"…\", [ … ]);` to add the rule to", list.display()))?;

    fs::write(&source, template(id, &type_name))?;
    fs::create_dir_all(&tests)?;
    fs::write(tests.join("go.mod"), format!("module example.com/{id}\n\ngo 1.21\n"))?;
    fs::write(
        tests.join("cases.go"),
        format!("package cases\n\nfunc found() {{\n\tgoto end // want \"{id}\"\nend:\n}}\n\nfunc notFound() {{\n}}\n"),
    )?;
    fs::write(&list, with_rule)?;
    println!("wrote {}, {}/ and the line in {}", source.display(), tests.display(), list.display());
    println!("next: write the rule, then `cargo xtask plugins` and `cargo test --test tests rules`");
    println!("at last its page in docs/rules: `INSTA_UPDATE=always cargo test --test tests pages`");
    Ok(())
}

fn add_to_list(text: &str, module: &str, type_name: &str) -> Option<String> {
    let list = text.find("export_pack!")?;
    let end = list + text[list..].find(']')?;
    let before = text[..end].trim_end().trim_end_matches(',');
    let mut result = format!("{before}, {module}::{type_name}{}", &text[end..]);
    // Beside the other modules, or after the header where there are none.
    let declaration = format!("mod {module};\n");
    let at = result.find("mod ").or_else(|| result.find("golint_sdk::export_pack!"))?;
    result.insert_str(at, &declaration);
    Some(result)
}

fn template(id: &str, type_name: &str) -> String {
    format!(
        r##"//! {id}: what it finds, in one line.

use golint_sdk::prelude::*;

/// Says what the rule is about; the documentation for users stands in `META`.
pub(crate) struct {type_name};

impl Rule for {type_name} {{
    type Options = NoOptions;
    const META: Meta = Meta {{
        id: "{id}",
        summary: "One line that says what is wrong",
        docs: DOCS,
        category: "suspicious",
        severity: Severity::Warning,
        default_on: true,
    }};

    fn interests(_: &NoOptions) -> Vec<Interest> {{
        vec![Interest::in_nodes([kind::GOTO_STATEMENT]).requires(Needle::literal("goto"))]
    }}

    fn check(_: &NoOptions, node: Node<'_>) {{
        node.file().report(Finding::at(node, "{id}: what is wrong, and why").help("what to do"));
    }}
}}

const DOCS: &str = "\
## What it finds

A sentence or two.

## Why

What goes wrong.

## Bad

```go
package p

func f() {{
	goto end
end:
}}
```

## Good

```go
package p

func f() {{}}
```
";
"##
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rule_joins_the_list_of_its_pack() {
        let text = "//! A pack.\n\nmod old;\n\ngolint_sdk::export_pack!(\"p\", [old::Old]);\n";
        let got = super::add_to_list(text, "new_rule", "NewRule").expect("a list");
        assert_eq!(
            got,
            "//! A pack.\n\nmod new_rule;\nmod old;\n\ngolint_sdk::export_pack!(\"p\", [old::Old, new_rule::NewRule]);\n"
        );
    }
}

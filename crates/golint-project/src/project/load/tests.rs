//! Patterns over folders on disk. What they match was tried with `go list` of Go 1.26.

#[cfg(unix)]
mod links;

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::{Disk, GoVersion, Gravity, Overlay, WorkFile};

/// A folder with files, given as "path: content" or as "path" (a Go file of package p).
struct Tree {
    folder: TempDir,
}

impl Tree {
    fn new(files: &[&str]) -> Tree {
        let tree = Tree { folder: tempfile::tempdir().expect("a folder") };
        for file in files {
            let (path, content) = file.split_once(": ").unwrap_or((file, "package p\n"));
            let path = tree.root().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, content).expect("written");
        }
        tree
    }

    fn root(&self) -> Utf8PathBuf {
        Disk.canonicalize(Utf8Path::from_path(self.folder.path()).expect("UTF-8")).expect("there")
    }

    fn options(&self, cwd: &str) -> Options {
        Options { cwd: self.root().join(cwd), ..Options::default() }
    }

    fn load(&self, cwd: &str, patterns: &str) -> (Project, Vec<Problem>) {
        self.load_with(&self.options(cwd), patterns)
    }

    fn load_with(&self, options: &Options, patterns: &str) -> (Project, Vec<Problem>) {
        let patterns: Vec<String> = patterns.split_whitespace().map(str::to_owned).collect();
        load(&Disk, &patterns, options)
    }

    /// What is selected, as people see it, and how grave the problems are.
    fn selected(&self, cwd: &str, patterns: &str) -> (Vec<String>, Vec<Gravity>) {
        self.selected_with(&self.options(cwd), patterns)
    }

    fn selected_with(&self, options: &Options, patterns: &str) -> (Vec<String>, Vec<Gravity>) {
        let (project, problems) = self.load_with(options, patterns);
        let files = project.selected().map(|(_, f)| f.display.clone()).collect();
        (files, problems.iter().map(|p| p.gravity).collect())
    }

    /// One problem, without the root in it.
    fn problem(&self, cwd: &str, patterns: &str) -> String {
        let (_, problems) = self.load(cwd, patterns);
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems[0].to_string().replace(self.root().as_str(), "ROOT")
    }
}

fn module() -> Tree {
    Tree::new(&[
        "go.mod: module ex.com/m\n\ngo 1.25\n\nignore ./ig\nignore y\n",
        "a.go",
        "testdata/a.go",
        "testdata/t/a.go",
        "_u/a.go",
        "_u/x/a.go",
        ".d/a.go",
        "vendor/v.go",
        "vendor/ex.com/v/a.go",
        "vendor/modules.txt: # ex.com/v v1.0.0\n## explicit; go 1.17\nex.com/v\n",
        "sub/go.mod: module ex.com/m/sub\n",
        "sub/a.go",
        "sub/x/a.go",
        "ig/a.go",
        "ig/x/a.go",
        "p/a.go",
        "p/b_test.go",
        "p/_c.go",
        "p/.d.go",
        "p/notes.txt: ",
        "p/ig/a.go",
        "p/ig/y/a.go",
        "empty/notes.txt: ",
    ])
}

#[test]
fn patterns_as_the_go_command_takes_them() {
    let tree = module();
    let none = Vec::new;
    let warned = || vec![Gravity::Warning];
    let failed = || vec![Gravity::Incomplete];
    let p = "p/a.go p/b_test.go";
    let table: &[(&str, &str, &str, Vec<Gravity>)] = &[
        ("", "", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("", "./...", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("", "...", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("p", "./...", "a.go b_test.go ig/a.go", none()),
        ("p/ig", "../...", "../a.go ../b_test.go a.go", none()),
        ("p", ".../ig", "ig/a.go", none()),
        ("p/ig", ".../p", "../a.go ../b_test.go", none()),
        ("", ".", "a.go", none()),
        ("", "./p", p, none()),
        ("", "p", p, none()),
        ("", "./p/ ./p// ./p/../p p", p, none()),
        ("", "p/...", "p/a.go p/b_test.go p/ig/a.go", none()),
        ("", "./p...", "p/a.go p/b_test.go p/ig/a.go", none()),
        ("", "./.../ig", "p/ig/a.go", none()),
        ("", "./.../nowhere", "", warned()),
        // What `...` passes by, and what is named.
        ("", "./testdata/...", "", warned()),
        ("", "./testdata", "testdata/a.go", none()),
        ("", "./testdata/t/...", "testdata/t/a.go", none()),
        ("testdata", "./...", "a.go t/a.go", none()),
        ("testdata", "../testdata/...", "", warned()),
        ("", "./_u/...", "", warned()),
        ("", "./_u", "_u/a.go", none()),
        ("", "./_u/x/...", "_u/x/a.go", none()),
        ("", "./.d/...", "", warned()),
        ("", "./.d", ".d/a.go", none()),
        ("", "./vendor/...", "vendor/v.go vendor/ex.com/v/a.go", none()),
        ("", "./ig/...", "", warned()),
        ("", "./ig", "ig/a.go", none()),
        ("", "./p/ig/y", "p/ig/y/a.go", none()),
        // Another module.
        ("", "./sub/...", "", failed()),
        ("", "./sub", "sub/a.go", none()),
        ("sub", "./...", "a.go x/a.go", none()),
        ("sub", "../p", "../p/a.go ../p/b_test.go", none()),
        ("sub", "../...", "", failed()),
        // Files.
        ("", "p/a.go", "p/a.go", none()),
        ("", "p/_c.go ./p/.d.go testdata/a.go", "p/.d.go p/_c.go testdata/a.go", none()),
        ("", "a.go ./p", "a.go p/a.go p/b_test.go", none()),
        ("", "p/notes.txt", "", failed()),
        ("", "nowhere.go a.go", "a.go", failed()),
        // Import paths.
        ("", "ex.com/m/p", p, none()),
        ("p", "ex.com/m", "../a.go", none()),
        ("", "ex.com/m/p/...", "p/a.go p/b_test.go p/ig/a.go", none()),
        ("", "ex.com/...", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("", "ex...", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("", "work", "a.go p/a.go p/b_test.go p/ig/a.go vendor/v.go", none()),
        ("", "ex.com/m/nowhere", "", failed()),
        ("", "ex.com/other/...", "", failed()),
        ("", "std", "", failed()),
        // Nothing there.
        ("", "./nowhere", "", failed()),
        ("", "./nowhere/...", "", failed()),
        ("", "nowhere/...", "", failed()),
        ("", "./empty", "", failed()),
        ("", "./empty/...", "", warned()),
        ("", "a.go/...", "", failed()),
        ("", "a.go/x", "", failed()),
    ];
    for (cwd, patterns, expected, gravity) in table {
        let expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
        assert_eq!(tree.selected(cwd, patterns), (expected, gravity.clone()), "{cwd:?} {patterns:?}");
    }
    let absolute = format!("{}/p/...", tree.root());
    assert_eq!(tree.selected("sub", &absolute).1, failed());
    assert_eq!(tree.selected("p", &absolute).0, ["a.go", "b_test.go", "ig/a.go"]);
}

#[test]
fn all_modules() {
    let tree = module();
    let options = Options { all_modules: true, ..tree.options("") };
    let everything = "a.go p/a.go p/b_test.go p/ig/a.go sub/a.go sub/x/a.go vendor/v.go";
    assert_eq!(tree.selected_with(&options, "./...").0.join(" "), everything);
    assert_eq!(tree.selected_with(&options, "...").0.join(" "), everything);
    assert_eq!(tree.selected_with(&options, "./sub/...").0.join(" "), "sub/a.go sub/x/a.go");
    // A folder stands for what is below it.
    assert_eq!(tree.selected_with(&options, ".").0.join(" "), everything);
    assert_eq!(tree.selected_with(&options, tree.root().as_str()).0.join(" "), everything);
    for folder in ["./sub", "sub", "sub/"] {
        assert_eq!(tree.selected_with(&options, folder).0.join(" "), "sub/a.go sub/x/a.go", "{folder}");
    }
    assert_eq!(tree.selected_with(&options, "p/a.go").0.join(" "), "p/a.go");
    let (project, problems) = tree.load_with(&options, "./...");
    assert_eq!(problems, []);
    let of = |file: &str| {
        let (_, entry) = project.selected().find(|(_, f)| f.display == file).expect(file);
        let folder = project.folder_of(entry);
        let module = project.module_of(entry).expect("a module");
        (module.path.clone(), folder.import_path.clone(), entry.relative.clone(), project.language_of(entry))
    };
    let version = GoVersion::new;
    let own = |path: &str, import: &str, relative: &str, version| {
        (path.to_owned(), Some(import.to_owned()), relative.to_owned(), version)
    };
    assert_eq!(of("a.go"), own("ex.com/m", "ex.com/m", "a.go", version(1, 25)));
    assert_eq!(of("p/a.go"), own("ex.com/m", "ex.com/m/p", "p/a.go", version(1, 25)));
    assert_eq!(of("sub/x/a.go"), own("ex.com/m/sub", "ex.com/m/sub/x", "x/a.go", version(1, 16)));
}

#[test]
fn vendored_files_have_their_own_module() {
    let tree = module();
    // Named, and met on the way.
    for pattern in ["./vendor/ex.com/v", "./vendor/ex.com/...", "./vendor/... ./vendor/ex.com/v"] {
        let (project, _) = tree.load("", pattern);
        let (_, file) = project.selected().last().expect("a file");
        let module = project.module_of(file).expect("a module");
        assert_eq!((module.path.as_str(), module.language, module.vendored), ("ex.com/v", GoVersion::new(1, 17), true));
        assert_eq!(project.folder_of(file).import_path.as_deref(), Some("ex.com/v"), "{pattern}");
    }
}

#[test]
fn siblings_are_there_but_not_selected() {
    let tree = module();
    let (project, _) = tree.load("", "p/b_test.go");
    let (_, file) = project.selected().next().expect("a file");
    let folder = project.folder_of(file);
    let names: Vec<_> = project.files[folder.files.clone()].iter().map(|f| (f.name(), f.selection)).collect();
    assert_eq!(names, [("a.go", Selection::Beside), ("b_test.go", Selection::Named)]);
    assert_eq!((file.len, file.path.clone()), (10, tree.root().join("p/b_test.go")));
}

#[test]
fn files_are_named_however_their_path_is_written() {
    let tree = module();
    for pattern in ["p/b_test.go", "./p/../p/b_test.go", "./... ../ROOT/p/b_test.go", "p/b_test.go ./p"] {
        let root = tree.root();
        let pattern = pattern.replace("ROOT", root.file_name().expect("a name"));
        let (project, _) = tree.load("", &pattern);
        let named: Vec<_> =
            project.files.iter().filter(|f| f.selection == Selection::Named).map(FileEntry::name).collect();
        assert_eq!(named, ["b_test.go"], "{pattern}");
    }
    let (project, _) = tree.load("", "./p");
    assert!(project.files.iter().all(|f| f.selection == Selection::Found));
}

fn workspace() -> Tree {
    Tree::new(&[
        "go.work: go 1.26\nuse (\n\t./a\n\t./a/in\n\tb\n)\n",
        "a/go.mod: module ex.com/a\ngo 1.20\n",
        "a/a.go",
        "a/x/a.go",
        "a/in/go.mod: module ex.com/a/in\n",
        "a/in/a.go",
        "b/go.mod: module ex.com/b\ngo 1.21\n",
        "b/a.go",
        "c/go.mod: module ex.com/c\n",
        "c/a.go",
        "loose/a.go",
    ])
}

#[test]
fn workspaces() {
    let tree = workspace();
    let table: &[(&str, &str, &str, usize)] = &[
        // The go command refuses this one; see `with_used_modules`.
        ("", "./...", "a/a.go a/in/a.go a/x/a.go b/a.go loose/a.go", 0),
        ("", "./a/...", "a/a.go a/x/a.go", 0),
        ("", "./a/in/...", "a/in/a.go", 0),
        ("a", "./...", "a.go x/a.go", 0),
        ("a", "./in/...", "in/a.go", 0),
        ("a/x", "../../b/...", "../../b/a.go", 0),
        ("", "./c/...", "", 1),
        ("", "./c", "c/a.go", 0),
        ("c", "./...", "", 1),
        ("c", "../a/...", "../a/a.go ../a/x/a.go", 0),
        ("", "./loose/...", "loose/a.go", 0),
        ("", "work", "a/a.go a/in/a.go a/x/a.go b/a.go", 0),
        ("", "ex.com/a/...", "a/a.go a/in/a.go a/x/a.go", 0),
        ("", "ex.com/a/.../in", "", 1),
        ("", "ex.../in", "a/in/a.go", 0),
        ("c", "ex.com/b", "../b/a.go", 0),
        ("b", ".../in", "../a/in/a.go", 0),
        ("b", ".../x", "../a/x/a.go", 0),
        ("c", "...", "../a/a.go ../a/in/a.go ../a/x/a.go ../b/a.go", 0),
    ];
    for (cwd, patterns, expected, problems) in table {
        let (files, gravity) = tree.selected(cwd, patterns);
        assert_eq!((files.join(" ").as_str(), gravity.len()), (*expected, *problems), "{cwd:?} {patterns:?}");
    }
    // go.work sets no language version.
    let (project, _) = tree.load("", "work");
    let versions: Vec<String> = project.selected().map(|(_, f)| project.language_of(f).to_string()).collect();
    assert_eq!(versions, ["1.20", "1.16", "1.20", "1.21"]);
}

#[test]
fn workspace_files_can_be_named_or_forbidden() {
    let tree = workspace();
    let off = Options { work_file: WorkFile::Off, ..tree.options("a") };
    assert_eq!(tree.selected_with(&off, "./in/...").1, [Gravity::Incomplete]);
    assert_eq!(tree.selected_with(&off, "./...").0, ["a.go", "x/a.go"]);
    let at = |path: &str| Options { work_file: WorkFile::At(path.into()), ..tree.options("a") };
    assert_eq!(tree.selected_with(&at("../go.work"), "./in/...").0, ["in/a.go"]);
    let (files, gravity) = tree.selected_with(&at("../nowhere.work"), "./...");
    assert_eq!((files.len(), gravity), (2, vec![Gravity::Incomplete]));
    for (value, expected) in [
        (None, WorkFile::Find),
        (Some(""), WorkFile::Find),
        (Some("auto"), WorkFile::Find),
        (Some("off"), WorkFile::Off),
        (Some("/x/go.work"), WorkFile::At("/x/go.work".into())),
    ] {
        assert_eq!(WorkFile::from_env(value), expected);
    }
}

#[test]
fn used_module_that_is_not_there() {
    let tree = Tree::new(&["go.work: go 1.26\nuse ./a\nuse ./gone\n", "a/go.mod: module ex.com/a\n", "a/a.go"]);
    let (project, problems) = tree.load("a", "./...");
    assert_eq!(project.selected().count(), 1);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].gravity, problems[0].span.clone()), (Gravity::Incomplete, Some(16..26)));
    assert_eq!(problems[0].message, "go.work uses ./gone, but there is no go.mod in that folder");
}

#[test]
fn loose_files() {
    let tree = Tree::new(&["a.go", "x/b.go", "m/go.mod: module m\ngo 1.20\n", "m/c.go"]);
    assert_eq!(tree.selected("", "./..."), (vec!["a.go".to_owned(), "x/b.go".to_owned()], vec![Gravity::Warning]));
    // Where there is no main module, nothing keeps a pattern out of one.
    assert_eq!(tree.selected("", "./m/..."), (vec!["m/c.go".to_owned()], vec![]));
    let (project, _) = tree.load("", "x/b.go");
    let (_, file) = project.selected().next().expect("a file");
    let folder = project.folder_of(file);
    assert_eq!((folder.import_path.clone(), file.relative.as_str()), (None, "x/b.go"));
    assert_eq!(project.language_of(file), GoVersion::NEWEST);

    let only_modules = Tree::new(&["m/go.mod: module m\n", "m/c.go"]);
    assert_eq!(
        only_modules.problem("", "./..."),
        "./... matches no Go files; `...` does not enter the modules below: name them (./m/...), or pass --all-modules"
    );
}

#[test]
fn broken_go_mod() {
    let tree = Tree::new(&["go.mod: module ex.com/m\ngo latest\nfuture thing\n", "a.go"]);
    let (project, problems) = tree.load("", "./...");
    let (_, file) = project.selected().next().expect("a file");
    // Nothing is claimed about a version that cannot be read.
    assert_eq!(project.language_of(file), GoVersion::NEWEST);
    let said: Vec<_> = problems.iter().map(|p| (p.gravity, p.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (Gravity::Incomplete, "go.mod: \"latest\" is no Go version; it must look like 1.23 or 1.23.0"),
            (Gravity::Warning, "go.mod: `future` is no directive that this version knows"),
        ]
    );
    assert_eq!(problems[0].path.as_deref(), Some(tree.root().join("go.mod").as_path()));
}

#[test]
fn a_file_that_is_broken_throughout_is_told_in_a_few_words() {
    let works = (0..1_000).map(|i| format!("use ./gone{i}\n")).collect::<String>();
    let lines = "x y\n".repeat(1_000) + &"module b\n".repeat(1_000);
    let (module, work) = (format!("go.mod: module ex.com/m\n{lines}"), format!("go.work: use .\n{works}"));
    let (project, problems) = Tree::new(&[&module, &work, "a.go"]).load("", "./...");
    assert_eq!(project.selected().count(), 1);
    let counts: Vec<_> = problems.iter().filter(|p| p.message.contains("more problems")).collect();
    let said: Vec<_> = counts.iter().map(|p| (p.gravity, p.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (Gravity::Incomplete, "go.mod: 1990 more problems like these"),
            (Gravity::Incomplete, "go.work: 990 more problems like these"),
        ]
    );
    assert_eq!(problems.len(), 22);
}

#[test]
fn modules_of_the_go_distribution() {
    let tree = Tree::new(&[
        "go.work: go 1.26\n",
        "src/go.mod: module std\ngo 1.26\n",
        "src/net/http/a.go",
        "src/builtin/builtin.go",
        "src/vendor/golang.org/x/v/a.go",
        "src/cmd/go.mod: module cmd\ngo 1.26\n",
        "src/cmd/go/a.go",
    ]);
    let (project, problems) = tree.load("src", "./... ./builtin ./cmd/go ./vendor/golang.org/x/v");
    assert_eq!(problems, []);
    let paths: Vec<_> = project.folders.iter().map(|f| f.import_path.as_deref().expect("a path")).collect();
    assert_eq!(paths, ["builtin", "cmd/go", "net/http", "vendor/golang.org/x/v"]);
    assert_eq!(tree.selected("src", "./...").0, ["net/http/a.go"]);
}

#[test]
fn overlays_take_part() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "p/a.go"]);
    let mut overlay = Overlay::new(Arc::new(Disk));
    overlay.insert(tree.root().join("p/stdin.go"), *b"package p");
    overlay.insert(tree.root().join("new/b.go"), *b"package b");
    let names = |pattern: &str| {
        let (project, problems) = load(&overlay, &[pattern.to_owned()], &tree.options(""));
        assert_eq!(problems, []);
        project.selected().map(|(_, f)| f.display.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("p/stdin.go"), ["p/stdin.go"]);
    assert_eq!(names("./..."), ["new/b.go", "p/a.go", "p/stdin.go"]);
    assert_eq!(names("./new"), ["new/b.go"]);
}

#[test]
fn messages_say_what_to_do() {
    let tree = module();
    let table = [
        (
            "./sub/...",
            "./sub/... leads into the module in sub, which is not the one of the working folder; run in that module, join the \
             two in a go.work, or pass --all-modules",
        ),
        (
            "./nowhere/...",
            "./nowhere/... leads nowhere: there is no folder nowhere; check the spelling and the working folder",
        ),
        ("x.go", "there is no file x.go; check the spelling and the working folder"),
        (
            "nowhere",
            "there is no file or folder nowhere; name a folder, a tree such as ./..., or Go files; paths are seen from the \
             working folder",
        ),
        ("p/notes.txt", "p/notes.txt is no Go file; name files that end in .go, or folders"),
        ("./empty", "there are no Go files in ./empty; for the folders below it, write ./empty/..."),
        (
            "all",
            "`all` stands for packages that only the go command can find, and there is no folder of that name; name folders, \
             such as ./...",
        ),
    ];
    for (pattern, expected) in table {
        assert_eq!(tree.problem("", pattern), expected);
    }
}

/// A disk on which some folders cannot be listed and some files cannot be read.
struct Guarded;

impl FileSystem for Guarded {
    fn read(&self, path: &Utf8Path) -> std::io::Result<Arc<[u8]>> {
        Disk.read(path)
    }
    fn metadata(&self, path: &Utf8Path) -> std::io::Result<crate::Metadata> {
        refuse(path, "hidden.go")?;
        Disk.metadata(path)
    }
    fn read_dir(&self, path: &Utf8Path) -> std::io::Result<Listing> {
        refuse(path, "locked")?;
        Disk.read_dir(path)
    }
    fn canonicalize(&self, path: &Utf8Path) -> std::io::Result<Utf8PathBuf> {
        Disk.canonicalize(path)
    }
}

fn refuse(path: &Utf8Path, name: &str) -> std::io::Result<()> {
    if path.file_name() == Some(name) { Err(std::io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_there() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "a.go", "hidden.go", "locked/b.go", "p/c.go"]);
    let said = |pattern: &str| {
        let (project, problems) = load(&Guarded, &[pattern.to_owned()], &tree.options(""));
        assert!(problems.iter().all(|p| p.gravity == Gravity::Incomplete));
        let files: Vec<_> = project.selected().map(|(_, f)| f.display.clone()).collect();
        (files.join(" "), problems.into_iter().map(|p| p.message).collect::<Vec<_>>())
    };
    let (files, problems) = said("./...");
    assert_eq!(files, "a.go p/c.go");
    assert_eq!(problems, ["locked cannot be read: permission denied", "hidden.go cannot be read: permission denied"]);
    assert_eq!(said("./locked").1, ["./locked cannot be read: permission denied"]);
    // A file is worth looking at even if nobody may see what lies beside it.
    assert_eq!(
        said("locked/b.go"),
        (
            "locked/b.go".to_owned(),
            vec![
                "the folder of locked/b.go cannot be listed (permission denied); the file is looked at alone"
                    .to_owned()
            ]
        )
    );
}

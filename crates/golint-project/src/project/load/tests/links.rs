//! Links, loops, sockets and names that only some systems can have.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::*;

#[test]
fn folders_are_not_followed_unless_named() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "p/a.go", "p/x/b.go"]);
    let root = tree.root();
    symlink("p", root.join("link")).expect("a link");
    symlink("..", root.join("p/up")).expect("a link");
    assert_eq!(tree.selected("", "./...").0, ["p/a.go", "p/x/b.go"]);
    assert_eq!(tree.selected("", "./link").0, ["link/a.go"]);
    assert_eq!(tree.selected("", "./link/...").0, ["link/a.go", "link/x/b.go"]);
}

#[test]
fn linked_files_are_files() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "p/a.go", "q/only.txt: package q\n"]);
    let root = tree.root();
    symlink("../q/only.txt", root.join("p/b.go")).expect("a link");
    symlink("../q", root.join("p/c.go")).expect("a link");
    fs::create_dir(root.join("p/d.go")).expect("a folder");
    let (project, problems) = tree.load("", "./...");
    let files: Vec<_> = project.selected().map(|(_, f)| (f.display.as_str(), f.len)).collect();
    assert_eq!((files, problems), (vec![("p/a.go", 10), ("p/b.go", 10)], vec![]));
}

#[test]
fn loops_and_dead_ends_are_told() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "a.go"]);
    let root = tree.root();
    symlink("loop.go", root.join("loop.go")).expect("a link");
    symlink("nowhere.go", root.join("dead.go")).expect("a link");
    symlink("round", root.join("round")).expect("a link");
    let (project, problems) = tree.load("", "./... ./round");
    assert_eq!(project.selected().count(), 1);
    assert!(problems.iter().all(|p| p.gravity == Gravity::Incomplete));
    let about: Vec<_> = problems.iter().map(|p| p.message.split(':').next().unwrap_or_default()).collect();
    assert_eq!(about, ["./round cannot be read", "dead.go cannot be read", "loop.go cannot be read"]);
    // As siblings they are nobody's business.
    assert_eq!(tree.selected("", "a.go"), (vec!["a.go".to_owned()], vec![]));
}

/// What is called go.mod or go.work says which files there are and how they are read: it is not passed by.
#[test]
fn module_files_that_can_not_be_read_are_told() {
    type Make = fn(&Utf8Path);
    let make: [(&str, Make); 2] = [
        ("is not a regular file", |path| drop(UnixListener::bind(path).expect("a socket"))),
        ("symbolic links", |path| symlink(path.file_name().expect("a name"), path).expect("a link")),
    ];
    for (words, make) in make {
        for name in ["go.mod", "go.work", "sub/go.mod"] {
            let tree = Tree::new(&["a.go", "sub/b.go"]);
            if name != "go.mod" {
                fs::write(tree.root().join("go.mod"), "module ex.com/m\n").expect("written");
            }
            make(&tree.root().join(name));
            let (project, problems) = tree.load("", "./... ./sub");
            assert_eq!(project.selected().count(), 2, "{name}");
            let [problem] = &problems[..] else { panic!("{name}: {problems:?}") };
            assert_eq!(problem.gravity, Gravity::Incomplete);
            assert!(problem.message.contains(words) && problem.message.contains(name), "{problem}");
        }
    }
    // As the go command has it, a folder is no go.mod.
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "a.go", "sub/b.go"]);
    fs::create_dir_all(tree.root().join("sub/go.mod")).expect("a folder");
    assert_eq!(tree.selected("", "./..."), (vec!["a.go".to_owned(), "sub/b.go".to_owned()], vec![]));
}

#[test]
fn names_that_are_no_utf8() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "a.go"]);
    let root = tree.root();
    for name in [&b"b\xFF.go"[..], b"_c\xFF.go", b"d\xFF.txt"] {
        fs::write(root.as_std_path().join(OsStr::from_bytes(name)), "package p").expect("written");
    }
    fs::create_dir(root.as_std_path().join(OsStr::from_bytes(b"e\xFF"))).expect("a folder");
    let (project, problems) = tree.load("", "./... .");
    assert_eq!(project.selected().count(), 1);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "the file b\u{fffd}.go is left out: its name is no valid UTF-8; rename it",
            "the folder e\u{fffd} is left out: its name is no valid UTF-8; rename it",
        ]
    );
}

#[test]
fn things_that_are_no_files() {
    let tree = Tree::new(&["go.mod: module ex.com/m\n", "a.go"]);
    let _socket = UnixListener::bind(tree.root().join("s.go").as_std_path()).expect("a socket");
    let (files, gravity) = tree.selected("", "./...");
    assert_eq!((files, gravity), (vec!["a.go".to_owned()], vec![Gravity::Incomplete]));
    assert_eq!(tree.problem("", "s.go"), "s.go is neither a file nor a folder");
}

//! Packages of import paths, found where `go build` would find them.

use super::*;
use crate::{Disk, Overlay};

/// Files below /nowhere, where this machine has none.
struct World {
    files: Overlay,
    mod_flag: Option<ModFlag>,
}

fn world(files: &[(&str, &str)]) -> World {
    let mut overlay = Overlay::new(Arc::new(Disk));
    for (path, content) in files {
        overlay.insert(Utf8Path::new("/nowhere").join(path), content.as_bytes());
    }
    overlay.insert("/nowhere/go/src/unsafe/unsafe.go", &b"package unsafe\n"[..]);
    World { files: overlay, mod_flag: None }
}

impl World {
    /// Where `importer` imports `path` from, both seen from /nowhere; or why not.
    fn find(&self, importer: &str, path: &str) -> String {
        let environment = GoEnvironment {
            goroot: Some("/nowhere/go".into()),
            module_cache: Some("/nowhere/cache".into()),
            mod_flag: self.mod_flag,
            ..GoEnvironment::default()
        };
        let imports =
            Imports::new(Arc::new(self.files.clone()), environment, Utf8Path::new("/nowhere/m"), &WorkFile::Find);
        let importer = Utf8Path::new("/nowhere").join(importer);
        let build = imports.build_of(&importer);
        match imports.find(build.as_deref(), &importer, path) {
            Ok(folder) => below("/nowhere".into(), &folder).expect("it is ours"),
            Err(missing) => format!("{missing:?}"),
        }
    }
}

/// A module in the cache, unpacked and with its go.mod as it was downloaded.
fn cached<'c>(path: &str, version: &str, go_mod: &'c str, packages: &[&str]) -> Vec<(String, &'c str)> {
    let (path, version) = (escape::escaped(path), escape::escaped(version));
    let mut files = vec![(format!("cache/cache/download/{path}/@v/{version}.mod"), go_mod)];
    files.extend(packages.iter().map(|package| {
        let package = if package.is_empty() { String::new() } else { format!("{package}/") };
        (format!("cache/{path}@{version}/{package}x.go"), "package x\n")
    }));
    files
}

fn with_cached(own: &[(&str, &str)], modules: &[Vec<(String, &str)>]) -> World {
    let cached = modules.iter().flatten().map(|(path, content)| (path.as_str(), *content));
    world(&own.iter().copied().chain(cached).collect::<Vec<_>>())
}

#[test]
fn packages_of_the_module_and_of_the_distribution() {
    let world = world(&[
        ("m/go.mod", "module ex.com/m\n\ngo 1.21\n"),
        ("m/a.go", "package m\n"),
        ("m/sub/b.go", "package sub\n"),
        ("m/empty/readme", ""),
        ("go/src/net/http/http.go", "package http\n"),
        ("go/src/vendor/golang.org/x/net/n.go", "package net\n"),
        ("go/src/cmd/vendor/golang.org/x/mod/m.go", "package mod\n"),
        ("go/src/cmd/go/main.go", "package main\n"),
        ("loose/a.go", "package p\n"),
    ]);
    for (importer, path, found) in [
        ("m", "ex.com/m", "m"),
        ("m", "ex.com/m/sub", "m/sub"),
        ("m/sub", "ex.com/m", "m"),
        ("m", "ex.com/m/empty", "NotRequired"),
        ("m", "ex.com/more", "NotRequired"),
        ("m", "net/http", "go/src/net/http"),
        ("loose", "net/http", "go/src/net/http"),
        ("m", "net/smtp", "NotInDistribution"),
        ("m", "golang.org/x/net", "NotRequired"),
        ("go/src/net/http", "golang.org/x/net", "go/src/vendor/golang.org/x/net"),
        ("go/src/cmd/go", "golang.org/x/mod", "go/src/cmd/vendor/golang.org/x/mod"),
        ("loose", "ex.com/m", "NoModule"),
        ("m", "C", "NoSources"),
        ("m", "unsafe", "NoSources"),
        ("m", "", "NoSources"),
        ("m", "../m", "NoSources"),
        ("m", "net/../../x", "NoSources"),
        ("m", "/nowhere/m", "NoSources"),
        ("m", "ex.com/m/sub\u{0}", "NoSources"),
    ] {
        assert_eq!(world.find(importer, path), found, "{path:?} in {importer}");
    }
}

#[test]
fn modules_of_the_cache_in_the_version_that_is_selected() {
    let main =
        "module ex.com/m\n\ngo 1.21\n\nrequire (\n\tex.com/A v1.2.0\n\tex.com/A/deep v0.1.0\n\tex.com/gone v1.0.0\n)\n";
    let world = with_cached(
        &[("m/go.mod", main), ("m/a.go", "package m\n")],
        &[
            cached("ex.com/A", "v1.2.0", "module ex.com/A\n\ngo 1.21\n", &["", "x", "deep/inner"]),
            cached("ex.com/A/deep", "v0.1.0", "module ex.com/A/deep\n\ngo 1.21\n", &["", "own"]),
        ],
    );
    for (path, found) in [
        ("ex.com/A", "cache/ex.com/!a@v1.2.0"),
        ("ex.com/A/x", "cache/ex.com/!a@v1.2.0/x"),
        ("ex.com/A/deep/own", "cache/ex.com/!a/deep@v0.1.0/own"),
        // The longer path has no such package.
        ("ex.com/A/deep/inner", "cache/ex.com/!a@v1.2.0/deep/inner"),
        ("ex.com/A/none", "NotRequired"),
        ("ex.com/gone/x", "NotDownloaded { module: \"ex.com/gone\", version: \"v1.0.0\" }"),
    ] {
        assert_eq!(world.find("m", path), found, "{path}");
    }
    // Packages of the cache are built with what the main module selects.
    assert_eq!(world.find("cache/ex.com/!a@v1.2.0", "ex.com/A/x"), "NoModule", "it is no main module");
}

#[test]
fn the_highest_version_of_the_graph_is_built_with() {
    let modules = [
        cached("ex.com/a", "v1.0.0", "module ex.com/a\n\nrequire ex.com/b v1.1.0\n", &[""]),
        cached("ex.com/b", "v1.1.0", "module ex.com/b\n\nrequire ex.com/c v1.0.0\n", &[""]),
        cached("ex.com/b", "v1.10.0", "module ex.com/b\n", &[""]),
        cached("ex.com/b", "v1.2.0", "module ex.com/b\n", &[""]),
        cached("ex.com/c", "v1.0.0", "module ex.com/c\n\nrequire ex.com/b v1.10.0\n", &[""]),
    ];
    let find = |main: &str, path: &str| {
        with_cached(&[("m/go.mod", main), ("m/a.go", "package m\n")], &modules).find("m", path)
    };
    // Before Go 1.17 all of the graph counts.
    let old = "module ex.com/m\n\ngo 1.16\n\nrequire (\n\tex.com/a v1.0.0\n\tex.com/b v1.2.0\n)\n";
    assert_eq!(find(old, "ex.com/b"), "cache/ex.com/b@v1.10.0");
    assert_eq!(find(old, "ex.com/c"), "cache/ex.com/c@v1.0.0");
    let without = format!("{old}exclude ex.com/b v1.10.0\n");
    assert_eq!(find(&without, "ex.com/b"), "cache/ex.com/b@v1.2.0");
    // From then on go.mod says what is built with, and only what it lacks is looked for in the graph.
    let new = old.replace("1.16", "1.21");
    assert_eq!(find(&new, "ex.com/b"), "cache/ex.com/b@v1.2.0");
    assert_eq!(find(&new, "ex.com/c"), "cache/ex.com/c@v1.0.0");
}

#[test]
fn replaced_modules_are_where_go_mod_says() {
    let main = "module ex.com/m\n\ngo 1.21\n\nrequire (\n\tex.com/a v1.0.0\n\tex.com/b v1.0.0\n\tex.com/c v1.0.0\n)\n\n\
                replace ex.com/a => ../a\n\nreplace ex.com/b v1.0.0 => ex.com/fork v0.9.0\n\nreplace ex.com/c v1.1.0 => ./no\n";
    let world = with_cached(
        &[
            ("m/go.mod", main),
            ("m/a.go", "package m\n"),
            ("a/go.mod", "module ex.com/a\n"),
            ("a/x/x.go", "package x\n"),
        ],
        &[
            cached("ex.com/fork", "v0.9.0", "module ex.com/b\n", &[""]),
            cached("ex.com/c", "v1.0.0", "module ex.com/c\n", &[""]),
        ],
    );
    assert_eq!(world.find("m", "ex.com/a/x"), "a/x");
    assert_eq!(world.find("m", "ex.com/b"), "cache/ex.com/fork@v0.9.0");
    assert_eq!(world.find("m", "ex.com/c"), "cache/ex.com/c@v1.0.0");
}

#[test]
fn a_vendor_folder_holds_from_go_1_14_on() {
    let main = |go: &str| format!("module ex.com/m\n\ngo {go}\n\nrequire ex.com/a v1.0.0\n");
    let with = |go: &str, mod_flag: Option<ModFlag>| {
        let main = main(go);
        let own = [
            ("m/go.mod", main.as_str()),
            ("m/a.go", "package m\n"),
            ("m/vendor/modules.txt", "# ex.com/a v1.0.0\n"),
            ("m/vendor/ex.com/a/x.go", "package a\n"),
        ];
        let mut world = with_cached(&own, &[cached("ex.com/a", "v1.0.0", "module ex.com/a\n", &["", "b"])]);
        world.mod_flag = mod_flag;
        (world.find("m", "ex.com/a"), world.find("m", "ex.com/a/b"))
    };
    let (vendored, cached) = ("m/vendor/ex.com/a", "cache/ex.com/a@v1.0.0");
    assert_eq!(with("1.14", None), (vendored.into(), "NotVendored".into()));
    assert_eq!(with("1.13", None).0, cached);
    assert_eq!(with("1.14", Some(ModFlag::Mod)).0, cached);
    assert_eq!(with("1.13", Some(ModFlag::Vendor)).0, vendored);
}

#[test]
fn modules_of_a_workspace_see_each_other() {
    let world = with_cached(
        &[
            ("m/go.work", "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n\nreplace ex.com/r => ./r\n"),
            ("m/a/go.mod", "module ex.com/a\n\ngo 1.21\n\nrequire (\n\tex.com/d v1.0.0\n\tex.com/r v1.0.0\n)\n"),
            ("m/a/a.go", "package a\n"),
            ("m/b/go.mod", "module ex.com/b\n\ngo 1.21\n\nrequire ex.com/d v1.1.0\n"),
            ("m/b/b.go", "package b\n"),
            ("m/r/r.go", "package r\n"),
            ("m/c/go.mod", "module ex.com/c\n\ngo 1.21\n"),
            ("m/c/c.go", "package c\n"),
        ],
        &[
            cached("ex.com/d", "v1.0.0", "module ex.com/d\n", &[""]),
            cached("ex.com/d", "v1.1.0", "module ex.com/d\n", &[""]),
        ],
    );
    assert_eq!(world.find("m/a", "ex.com/b"), "m/b");
    assert_eq!(world.find("m/a", "ex.com/d"), "cache/ex.com/d@v1.1.0");
    assert_eq!(world.find("m/b", "ex.com/r"), "m/r");
    // It is not used, and builds alone.
    assert_eq!(world.find("m/c", "ex.com/b"), "NotRequired");
}

#[test]
fn rings_of_requirements_end() {
    let world = with_cached(
        &[("m/go.mod", "module ex.com/m\n\nrequire ex.com/a v1.0.0\n"), ("m/a.go", "package m\n")],
        &[
            cached("ex.com/a", "v1.0.0", "module ex.com/a\n\nrequire ex.com/b v1.0.0\n", &[""]),
            cached(
                "ex.com/b",
                "v1.0.0",
                "module ex.com/b\n\nrequire (\n\tex.com/a v1.0.0\n\tex.com/m v9.0.0\n)\n",
                &[""],
            ),
        ],
    );
    assert_eq!(world.find("m", "ex.com/b"), "cache/ex.com/b@v1.0.0");
    assert_eq!(world.find("m", "ex.com/m"), "m");
}

#[test]
fn the_toolchain_line_asks_for_a_newer_distribution() {
    let world = with_cached(
        &[
            ("m/go.mod", "module ex.com/m\n\ngo 1.27\n\ntoolchain go1.27.1\n"),
            ("m/a.go", "package m\n"),
            ("go/VERSION", "go1.26.8\ntime 2026-01-01T00:00:00Z\n"),
            ("go/src/fmt/f.go", "package fmt\n"),
            ("cache/golang.org/toolchain@v0.0.1-go1.27.1.linux-amd64/src/unsafe/u.go", "package unsafe\n"),
            ("cache/golang.org/toolchain@v0.0.1-go1.27.1.linux-amd64/src/fmt/f.go", "package fmt\n"),
            ("cache/golang.org/toolchain@v0.0.1-go1.27.10.linux-amd64/src/unsafe/u.go", "package unsafe\n"),
        ],
        &[],
    );
    assert_eq!(world.find("m", "fmt"), "cache/golang.org/toolchain@v0.0.1-go1.27.1.linux-amd64/src/fmt");
}

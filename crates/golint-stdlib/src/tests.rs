//! What the built-in archive has, and how it looks from outside. Needs no Go.

use std::sync::Arc;

use camino::Utf8Path;
use golint_project::imports::{GoEnvironment, Imports, Missing};
use golint_project::{Disk, FileKind, FileSystem, GoVersion, Overlay, WorkFile};
use golint_syntax::{header, parse, parse_declarations};

use super::*;

fn library() -> StandardLibrary {
    StandardLibrary::built_in().expect("the archive is sound")
}

/// The Go files of a package, one after the other.
#[track_caller]
fn sources(library: &StandardLibrary, package: &str) -> String {
    let folder = library.root().join("src").join(package);
    let listing = library.read_dir(&folder).expect(package);
    let files = listing.entries.iter().filter(|entry| entry.kind == FileKind::File);
    files
        .map(|file| String::from_utf8(library.read(&folder.join(&file.name)).expect("read").to_vec()).expect("text"))
        .collect()
}

#[test]
fn every_file_parses_and_names_its_package() {
    let library = library();
    let mut files = 0;
    for package in library.packages() {
        let folder = library.root().join("src").join(package);
        for entry in library.read_dir(&folder).expect(package).entries {
            if entry.kind != FileKind::File {
                continue;
            }
            let source = library.read(&folder.join(&entry.name)).expect("read");
            assert_eq!(parse(&source).syntax_errors, 0, "{package}/{}", entry.name);
            assert_eq!(parse_declarations(&source, None).syntax_errors, 0, "{package}/{}", entry.name);
            assert!(header::scan(&source).package_name.is_some(), "{package}/{}", entry.name);
            files += 1;
        }
    }
    assert!(files > 1000, "{files} files");
}

#[test]
fn packages_are_those_that_can_be_imported_and_what_they_need() {
    let library = library();
    let packages: Vec<&str> = library.packages().collect();
    assert!(packages.is_sorted());
    for package in ["archive/tar", "net/http", "unsafe", "syscall", "log/syslog", "math/rand/v2", "internal/abi"] {
        assert!(packages.contains(&package), "{package}");
    }
    for package in ["builtin", "cmd/go", "crypto/md5/_asm", ""] {
        assert!(!packages.contains(&package), "{package}");
    }
}

#[test]
fn what_others_see_is_there() {
    let library = library();
    let has = |package: &str, text: &str| {
        let sources = sources(&library, package);
        assert!(sources.contains(text), "{package} has no {text}");
    };
    has("io", "var EOF error\n");
    has("sort", "func Strings(x []string)\n");
    has("os", "type FileInfo = fs.FileInfo\n");
    // The fields and methods of what is embedded, exported or not.
    has("testing", "func (c *common) Errorf(format string, args ...any)\n");
    // Unexported methods that an interface asks for.
    has("go/ast", "func (*BadExpr) exprNode()\n");
    // Values that are counted, and a value per platform.
    has("time", "January\tMonth\t= 1 + iota\n\tFebruary\n");
    has("log/syslog", "//go:build !windows && !plan9\n\npackage syslog\n");
    has("syscall", "package syscall\nconst (\n\tSYS_READ\t= 0\n");
    has("unsafe", "func Sizeof(x ArbitraryType) uintptr\n");
}

#[test]
fn notes_of_deprecation_stay_and_no_other_comment() {
    let library = library();
    let ioutil = sources(&library, "io/ioutil");
    assert!(ioutil.starts_with("// Deprecated: As of Go 1.16, the same functionality"), "{ioutil}");
    assert!(
        ioutil.contains("\n// Deprecated: As of Go 1.16, this function simply calls [io.ReadAll].\nfunc ReadAll("),
        "{ioutil}"
    );
    let tar = sources(&library, "archive/tar");
    // In a struct, and in a group.
    assert!(tar.contains("\t// Deprecated: Use PAXRecords instead.\n\tXattrs\t"), "{tar}");
    assert!(tar.contains("\t// Deprecated: Use TypeReg instead.\n\tTypeRegA\t"), "{tar}");
    let comments = tar.lines().filter(|line| line.contains("//") && !line.contains("// Deprecated: "));
    assert!(comments.clone().all(|line| line.starts_with("//go:build ")), "{:?}", comments.collect::<Vec<_>>());
}

#[test]
fn names_exist_since_a_version() {
    let library = library();
    let since = |path: &str, name: &str| library.since(path, name).map(|version| version.minor);
    assert_eq!(library.since("slices", "Sort"), Some(GoVersion::new(1, 21)));
    assert_eq!(since("strings", "Cut"), Some(18));
    assert_eq!(since("strings", "Contains"), Some(0));
    assert_eq!(since("bytes", "Buffer.Available"), Some(21));
    assert_eq!(since("net/http", "Request.PathValue"), Some(22));
    assert_eq!(since("net/http", "Server.Protocols"), Some(24));
    assert_eq!(since("net/http", "ResponseWriter.WriteHeader"), Some(0));
    assert_eq!(since("sync/atomic", "Pointer.Load"), Some(19));
    assert_eq!(since("io/fs", "FileInfo"), Some(16));
    // On some platforms only.
    assert_eq!(since("syscall", "SYS_READ"), Some(0));
    assert_eq!(since("log/syslog", "Dial"), Some(0));
    // What is predeclared is in no package, and so are these.
    for (path, name) in [("builtin", "min"), ("", "min"), ("slices", "min"), ("slices", "NoSuch"), ("no/such", "Name")]
    {
        assert_eq!(library.since(path, name), None, "{path} {name}");
    }
}

#[test]
fn it_looks_like_a_distribution() {
    let library = library();
    let root = library.root().to_owned();
    assert_eq!(root, format!("/std@{}", library.version()));
    let names = |path: &Utf8Path| -> Vec<(String, FileKind)> {
        let entries = library.read_dir(path).expect("listed").entries;
        entries.into_iter().map(|entry| (entry.name, entry.kind)).collect()
    };
    let pair = |name: &str, kind| (name.to_owned(), kind);
    assert_eq!(names(&root), [pair("VERSION", FileKind::File), pair("src", FileKind::Directory)]);
    assert_eq!(*library.read(&root.join("VERSION")).expect("read"), *format!("{}\n", library.release()).as_bytes());
    assert!(library.read(&root.join("src/go.mod")).expect("read").starts_with(b"module std\n"));
    let io = names(&root.join("src/io"));
    assert!(io.is_sorted_by(|a, b| a.0 < b.0));
    for entry in [pair("fs", FileKind::Directory), pair("ioutil", FileKind::Directory), pair("io.go", FileKind::File)] {
        assert!(io.contains(&entry), "{io:?}");
    }
    // A folder without a package.
    assert!(names(&root.join("src/archive")).iter().all(|(_, kind)| *kind == FileKind::Directory));

    let file = root.join("src/io/io.go");
    assert_eq!(library.metadata(&file).expect("there").len, library.read(&file).expect("there").len() as u64);
    assert_eq!(library.canonicalize(&root.join("src/net/.././io/io.go")).expect("there"), file);
    let kind = |error: std::io::Result<()>| error.expect_err("an error").kind();
    assert_eq!(kind(library.read(&root.join("src/io")).map(drop)), std::io::ErrorKind::IsADirectory);
    assert_eq!(kind(library.read_dir(&file).map(drop)), std::io::ErrorKind::NotADirectory);
    for missing in
        ["/", "/src/io/io.go", "/std@1.0/src/io", "src/io/no.go", "src/i", "src/io/io.go/x", "lib", "../std@1"]
    {
        assert_eq!(kind(library.metadata(&root.join(missing)).map(drop)), std::io::ErrorKind::NotFound, "{missing}");
    }
}

#[test]
fn imports_are_found_in_it_where_there_is_no_go() {
    let library = Arc::new(library());
    let mut overlay = Overlay::new(Arc::new(Disk));
    overlay.insert("/no/such/module/go.mod", *b"module example.com/m\n\ngo 1.26\n");
    let files: Arc<dyn FileSystem> = Arc::new(Arc::clone(&library).over(Arc::new(overlay)));
    let environment = GoEnvironment { goroot: Some(library.root().to_owned()), ..GoEnvironment::default() };
    let module = Utf8Path::new("/no/such/module");
    let imports = Imports::new(Arc::clone(&files), environment, module, &WorkFile::Off);
    let build = imports.build_of(module);
    assert!(build.is_some());
    let found = imports.find(build.as_deref(), module, "net/http").expect("found");
    assert_eq!(found, library.root().join("src/net/http"));
    assert!(files.is_file(&found.join("server.go")));
    assert_eq!(imports.find(build.as_deref(), module, "no/such"), Err(Missing::NotInDistribution));
    // What its own files import is there, too, internal packages included.
    let mut internal = 0;
    for package in library.packages() {
        let folder = library.root().join("src").join(package);
        for entry in files.read_dir(&folder).expect(package).entries {
            let Ok(source) = files.read(&folder.join(&entry.name)) else { continue };
            for import in header::scan(&source).imports {
                match imports.find(None, &folder, &import.path) {
                    Ok(found) => internal += u32::from(found.as_str().contains("/internal/")),
                    Err(missing) => assert_eq!(missing, Missing::NoSources, "{package} imports {}", import.path),
                }
            }
        }
    }
    assert!(internal > 0);
}

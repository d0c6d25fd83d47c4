//! What is written can be read, and what is damaged is told.

use super::*;

fn compress(plain: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(plain, 6)
}

fn contents(files: &[(&str, &str)], since: &[(u32, &[&str])]) -> Contents {
    Contents {
        files: files.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect(),
        since: since
            .iter()
            .map(|&(minor, names)| (minor, names.iter().map(|&name| name.to_owned()).collect()))
            .collect(),
    }
}

fn small() -> Vec<u8> {
    let packages = [
        ("a".to_owned(), contents(&[("a.go", "package a\n"), ("b.go", "package a\n\nvar B int\n")], &[(3, &["B"])])),
        ("a/b".to_owned(), contents(&[("b.go", "package b\n")], &[])),
    ];
    pack("go1.26.1", &packages, compress).expect("packed")
}

fn open(bytes: Vec<u8>) -> Result<Archive, DamagedArchive> {
    Archive::open(bytes.leak())
}

/// Everything that is in an archive, or what is wrong with it.
fn read_all(bytes: Vec<u8>) -> Result<usize, DamagedArchive> {
    let archive = open(bytes)?;
    let paths: Vec<String> = archive.packages().map(str::to_owned).collect();
    let mut size = 0;
    for path in paths {
        let package = archive.package(&path).expect("listed")?;
        size += package.files().map(|(_, content)| content.len()).sum::<usize>();
    }
    Ok(size)
}

#[test]
fn what_was_written_is_read() {
    let archive = open(small()).expect("sound");
    assert_eq!((archive.release(), archive.version()), ("go1.26.1", GoVersion::new(1, 26)));
    assert_eq!(archive.packages().collect::<Vec<_>>(), ["a", "a/b"]);
    assert_eq!(archive.below("a").collect::<Vec<_>>(), ["a/b"]);
    let package = archive.package("a").expect("there").expect("sound");
    assert_eq!(**package.file("b.go").expect("there"), *b"package a\n\nvar B int\n");
    assert!(package.file("c.go").is_none() && archive.package("b").is_none());
    assert_eq!((package.since("B"), package.since("C")), (Some(3), None));
}

#[test]
fn a_changed_byte_anywhere_is_an_error() {
    let sound = small();
    assert!(read_all(sound.clone()).is_ok());
    for i in 0..sound.len() {
        for bit in [1, 0x80] {
            let mut damaged = sound.clone();
            damaged[i] ^= bit;
            assert!(read_all(damaged).is_err(), "byte {i}");
        }
    }
}

#[test]
fn an_archive_that_is_cut_or_goes_on_is_an_error() {
    let sound = small();
    for length in 0..sound.len() {
        assert!(read_all(sound[..length].to_vec()).is_err(), "{length} bytes");
    }
    let longer = [&*sound, b"x"].concat();
    assert_eq!(
        open(longer).err().map(|e| e.to_string()).as_deref(),
        Some(
            "the archive of Go's standard library is damaged: something follows its end; write it again with \
             `cargo xtask std-index`, or install again"
        )
    );
}

/// Whoever writes digests that fit can write anything: it is an error, too, and takes no more memory than it says.
#[test]
fn nonsense_with_fitting_digests_is_an_error() {
    let packages = [("a".to_owned(), contents(&[("a.go", "package a\n")], &[]))];
    type Compress = fn(&[u8]) -> Vec<u8>;
    let nonsense: [Compress; 4] =
        [|_| Vec::new(), |_| vec![0xff; 64], |plain| plain.to_vec(), |_| compress(&vec![0; 1 << 20])];
    for block in nonsense {
        assert!(read_all(pack("go1.26.1", &packages, block).expect("packed")).is_err());
    }
    let unsorted = [("a".to_owned(), contents(&[("b.go", ""), ("a.go", "")], &[]))];
    assert!(read_all(pack("go1.26.1", &unsorted, compress).expect("packed")).is_err());
}

#[test]
fn damage_in_one_package_leaves_the_others() {
    let mut bytes = crate::BUILT_IN.to_vec();
    // In the last package.
    let last = bytes.len() - 10;
    bytes[last] ^= 0x10;
    let library = crate::StandardLibrary::open(bytes.leak()).expect("its table is sound");
    let package = library.packages().last().expect("one").to_owned();
    let folder = library.root().join("src").join(&package);
    let error = golint_project::FileSystem::read_dir(&library, &folder).expect_err("damaged");
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains(&format!("{package}: it is not what was written")), "{error}");
    assert_eq!(library.since(&package, "X"), None);
    assert!(golint_project::FileSystem::is_file(&library, &library.root().join("src/io/io.go")));
}

#[test]
fn only_what_can_be_read_is_written() {
    let package = |path: &str| (path.to_owned(), Contents::default());
    assert!(pack("devel", &[], compress).is_err());
    assert!(pack("go1.26.1", &[package("b"), package("a")], compress).is_err());
}

//! go.mod, go.work and what they make of a project.

use golint_project::{Options, gomod};

use super::memory::{HERE, files};

/// Reads the input as each of the two, and finds the files of a project that has it.
pub fn run(data: &[u8]) {
    let (_, mod_faults) = gomod::parse_mod(data);
    let (work, work_faults) = gomod::parse_work(data);
    let spans = mod_faults.iter().chain(&work_faults).map(|fault| &fault.span);
    for span in spans.chain(work.uses.iter().map(|(_, span)| span)) {
        assert!(span.start <= span.end && span.end as usize <= data.len(), "{span:?}");
        let text = std::str::from_utf8(data).ok();
        assert!(text.is_none_or(|text| text.get(span.start as usize..span.end as usize).is_some()), "{span:?}");
    }
    let (sound, source) = (&b"module m\n"[..], &b"package p\n"[..]);
    for module_files in [[("go.mod", data), ("sub/go.mod", sound)], [("go.mod", sound), ("go.work", data)]] {
        let all = [&module_files[..], &[("a.go", source), ("sub/b.go", source), ("vendor/v/v.go", source)]].concat();
        let files = files(&all);
        let options = Options { cwd: HERE.into(), ..Options::default() };
        // However the module is read, a file that is named is found.
        let (project, problems) = golint_project::load(&*files, &["./...".into(), "./a.go".into()], &options);
        assert!(project.selected().any(|(_, file)| file.name() == "a.go"), "{problems:?}");
        for (_, file) in project.selected() {
            project.language_of(file);
        }
        assert!(problems.len() < 40, "{}", problems.len());
    }
}

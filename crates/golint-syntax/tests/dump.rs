//! The bytes that rules-wit/README.md shows are those of a real tree.

/// The bytes of the block that begins with the magic: the hexadecimal numbers between offset and remark.
fn shown(readme: &str) -> Vec<u8> {
    let block = readme.split("```text\n").find(|block| block.starts_with("0 ")).expect("the block in README.md");
    let lines = block.split("```").next().unwrap_or_default().lines();
    let bytes = lines.flat_map(|line| line.get(6..line.len().min(54)).unwrap_or_default().split_whitespace());
    bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap_or_else(|_| panic!("{byte:?} is no byte"))).collect()
}

#[test]
fn the_bytes_in_the_contract_are_those_of_a_tree() {
    let readme = include_str!("../../../rules-wit/README.md");
    let tree = golint_syntax::parse(b"package p\n").tree;
    let lines: Vec<_> = tree.chunks(12).map(|line| format!("{line:02x?}")).collect();
    assert_eq!(shown(readme), *tree, "the tree is\n{}", lines.join("\n"));
}

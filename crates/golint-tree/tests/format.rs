//! The byte format is a contract with every compiled pack: golden bytes, a round trip, and hostile blobs.

use golint_tree::{Field, Node, Tree, TreeError, TreeWriter, field, kind, layout::flag};

fn small() -> Vec<u8> {
    let mut writer = TreeWriter::new();
    writer.open(kind::SOURCE_FILE, field::NONE, flag::NAMED, 0, 11);
    writer.open(kind::PACKAGE_CLAUSE, field::NONE, flag::NAMED, 0, 10);
    writer.open(kind::PACKAGE_KEYWORD, field::NONE, 0, 0, 7);
    writer.close();
    writer.open(kind::PACKAGE_IDENTIFIER, Field(20), flag::NAMED | flag::HAS_ERROR, 8, 10);
    writer.close();
    writer.close();
    writer.open(kind::COMMENT, field::NONE, flag::NAMED | flag::EXTRA, 10, 11);
    writer.finish()
}

#[test]
fn the_bytes_are_frozen() {
    let hex: String = small().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, include_str!("golden.hex").trim());
}

#[test]
fn what_was_written_is_read() {
    let blob = small();
    let tree = Tree::new(&blob).expect("a sound tree");
    assert_eq!(tree.len(), 5);
    assert_eq!(tree.children(tree.root()).collect::<Vec<_>>(), [Node(1), Node(4)]);
    assert_eq!(tree.named_children(tree.root()).collect::<Vec<_>>(), [Node(1)]);
    assert_eq!(tree.child(Node(1), Field(20)), Some(Node(3)));
    assert_eq!(tree.ancestors(Node(3)).collect::<Vec<_>>(), [Node(1), Node(0)]);
    assert_eq!(tree.range(Node(3)), 8..10);
    assert!(tree.has_error(Node(3)) && !tree.is_named(Node(2)));
    assert_eq!(tree.covering(8..9), Node(3));
    assert_eq!(tree.subtree(Node(1)).count(), 3);
}

#[test]
fn a_writer_can_be_reused() {
    let mut writer = TreeWriter::new();
    writer.open(kind::SOURCE_FILE, field::NONE, flag::NAMED, 0, 3);
    let first = writer.finish();
    writer.open(kind::SOURCE_FILE, field::NONE, flag::NAMED, 0, 3);
    assert_eq!(writer.finish(), first);
}

#[test]
fn unknown_columns_are_skipped() {
    let blob = small();
    // The same blob with one more directory entry in front; every offset moves by its size.
    let mut later = blob[..12].to_vec();
    later.extend(7_u32.to_le_bytes());
    for number in [99_u32, 1, 0, 0] {
        later.extend(number.to_le_bytes());
    }
    for entry in blob[16..16 + 6 * 16].chunks(16) {
        later.extend(&entry[..8]);
        let offset = u32::from_le_bytes([entry[8], entry[9], entry[10], entry[11]]) + 16;
        later.extend(offset.to_le_bytes());
        later.extend(&entry[12..]);
    }
    later.extend(&blob[16 + 6 * 16..]);
    let tree = Tree::new(&later).expect("a later version's tree");
    assert_eq!(tree.range(Node(3)), 8..10);
}

#[test]
fn hostile_blobs_are_refused() {
    let blob = small();
    assert_eq!(Tree::new(b"").unwrap_err(), TreeError::Magic);
    for cut in 4..blob.len() {
        assert!(Tree::new(&blob[..cut]).is_err(), "cut at {cut}");
    }
    // No single changed byte may lead a reader out of the blob.
    for at in 0..blob.len() {
        for bit in 0..8 {
            let mut bad = blob.clone();
            bad[at] ^= 1 << bit;
            if let Ok(tree) = Tree::new(&bad) {
                for node in tree.subtree(tree.root()) {
                    let _ = (tree.kind(node).name(), tree.text(node, b"package go\n"), tree.ancestors(node).count());
                    assert!(tree.children(node).count() < 6);
                }
            }
        }
    }
}

//! Facts about objects.

use super::models;
use crate::{OBJECT_PROPERTIES, ObjectKind};

#[test]
fn kinds_and_properties() {
    let models = models(
        "package p\nimport \"net/http\"\ntype T struct { F int; *E }\ntype E struct{}\ntype A = T\nconst c = 1\nvar V int\n\
         func (t *T) m(p int) (r error) {\nfor i := range 3 { _ = i }\nlabel:\n_, _, _, _, _ = nil, len, http.Get, V, c\n\
         goto label\nvar l A\n_ = l.F\n_ = t.m\nreturn\n}\n",
    );
    let model = &models.models[0];
    for (name, kind, expected) in [
        ("T", ObjectKind::TypeName, "exported package-level"),
        ("A", ObjectKind::TypeName, "exported alias package-level"),
        ("c", ObjectKind::Constant, "package-level"),
        ("V", ObjectKind::Variable, "exported package-level"),
        ("m", ObjectKind::Function, "method"),
        ("t", ObjectKind::Variable, "receiver local"),
        ("p", ObjectKind::Variable, "parameter local"),
        ("r", ObjectKind::Variable, "result local"),
        ("i", ObjectKind::Variable, "loop-variable local"),
        ("l", ObjectKind::Variable, "local"),
        ("F", ObjectKind::Variable, "field exported"),
        ("label", ObjectKind::Label, "local"),
        ("nil", ObjectKind::Nil, ""),
        ("len", ObjectKind::Builtin, ""),
        ("http", ObjectKind::PackageName, ""),
        ("Get", ObjectKind::Function, "exported package-level"),
    ] {
        // "p" is the package first.
        let object = models.object(0, name, usize::from(name == "p"));
        assert_eq!(model.kind_of(&object), Some(kind), "{name}");
        let held = OBJECT_PROPERTIES.iter().copied().filter(|w| model.object_property(&object, w) == Some(true));
        assert_eq!(held.collect::<Vec<_>>().join(" "), expected, "{name}");
        assert_eq!(model.object_property(&object, "unheard-of"), None);
        assert_eq!(object.name(), name);
    }
    let ty = model.type_of_object(&models.object(0, "T", 0), None)[0].1.clone();
    let fields = model.fields_of(&ty).expect("a struct");
    assert_eq!(fields.iter().map(|f| &*f.name).collect::<Vec<_>>(), ["F", "E"]);
    assert_eq!(model.object_property(&fields[1].object, "embedded"), Some(true));
    assert_eq!(model.qualified_name(&fields[1].object).as_deref(), Some("m.org/p.T.E"));
    assert_eq!(model.declared_node(&fields[1].object), Some(models.leaf(0, "E", 0)));
}

#[test]
fn where_objects_are_declared() {
    let models = models(
        "-- a.go --\npackage p\n\nvar x = f()\n-- b.go --\npackage p\n// long\nfunc f(a int) int { return a }\n",
    );
    let function = models.object(0, "f", 0);
    let location = models.models[0].declared_at(&function).expect("known");
    assert_eq!(
        (location.file, &models.texts[1][location.span.start as usize..location.span.end as usize]),
        (1, &b"f"[..])
    );
    assert_eq!(models.models[0].declared_node(&function), None, "it is in another file");
    let same = models.object(1, "f", 0);
    assert_eq!(function, same, "one object, whoever asks");
    assert_eq!(models.models[1].declared_node(&same), Some(models.leaf(1, "f", 0)));
    let switch = super::models("package p\nfunc f(x any) {\n\tswitch y := x.(type) {\n\tcase int: _ = y\n\t}\n}\n");
    let object = switch.object(0, "y", 1);
    assert_eq!(switch.models[0].declared_node(&object), Some(switch.leaf(0, "y", 0)));
}

//! What version 0.1 of the contract offers to packs: each function asks [`Questions`] and converts records. Linked by
//! hand, so that blobs are handed out without a copy of ours, and so that all functions pass one door: the one that
//! counts, measures, and keeps panics and faults out of the guest.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use golint_sdk::facts::Facts;
use golint_tree::vocabulary::{FIELDS, KINDS};
use wasmtime::StoreContextMut;
use wasmtime::component::{ComponentNamedList, Lift, Linker, LinkerInstance, Lower, Resource, ResourceType};

use super::File;
use super::bindings::golint::rules::environment::{Level, Platform};
use super::bindings::golint::rules::findings::Finding;
use super::bindings::golint::rules::semantics::{
    ConstantAt, LayoutAt, ObjectAt, ObjectKind, Signature, StructField, TypeAt,
};
use super::bindings::golint::rules::types::{GoVersion, Location, Span};
use super::conversion as convert;
use super::state::State;
use crate::failure::FailureKind;
use crate::log;
use crate::questions::{Fault, Questions, platform_table, supports};

type OnFile<'a> = (Resource<File>,);

/// Lets the guest in front of one door: time in `answer` is the host's, a panic in it becomes a fault.
fn answer<R>(
    mut store: StoreContextMut<'_, State>,
    answer: impl FnOnce(&mut State) -> Result<R, Fault>,
) -> wasmtime::Result<R> {
    let state = store.data_mut();
    let ticks = state.clock.now();
    let started = state.measure.then(Instant::now);
    state.host_calls += 1;
    // What a panic leaves behind is dropped with the store.
    let result = catch_unwind(AssertUnwindSafe(|| answer(state)));
    if let Some(started) = started {
        state.host_time += started.elapsed();
    }
    state.host_ticks += state.clock.now() - ticks;
    match result {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(fault)) => Err(fault.into()),
        Err(payload) => {
            let message = format!("golint-rs panicked while it answered: {}", crate::panic_text(&*payload));
            Err(Fault { kind: FailureKind::Internal, message }.into())
        }
    }
}

/// Links a function that asks about the file of the current check.
fn ask<P, R>(
    instance: &mut LinkerInstance<'_, State>,
    name: &str,
    question: impl Fn(&Questions, P) -> R + Send + Sync + 'static,
) -> wasmtime::Result<()>
where
    P: ComponentNamedList + Lift + 'static,
    R: Lower + 'static,
    (R,): ComponentNamedList + Lower,
{
    ask_counting(instance, name, question, |_| 0)
}

/// As [`ask`], for functions that give bytes, which are counted.
fn ask_bytes<P, R>(
    instance: &mut LinkerInstance<'_, State>,
    name: &str,
    question: impl Fn(&Questions, P) -> R + Send + Sync + 'static,
) -> wasmtime::Result<()>
where
    P: ComponentNamedList + Lift + 'static,
    R: Bytes + Lower + 'static,
    (R,): ComponentNamedList + Lower,
{
    ask_counting(instance, name, question, R::length)
}

fn ask_counting<P, R>(
    instance: &mut LinkerInstance<'_, State>,
    name: &str,
    question: impl Fn(&Questions, P) -> R + Send + Sync + 'static,
    copied: fn(&R) -> u64,
) -> wasmtime::Result<()>
where
    P: ComponentNamedList + Lift + 'static,
    R: Lower + 'static,
    (R,): ComponentNamedList + Lower,
{
    instance.func_wrap(name, move |store: StoreContextMut<'_, State>, arguments: P| {
        answer(store, |state| {
            let Some(questions) = &state.questions else {
                return Err(Fault::bad("it asked about a file outside of a check"));
            };
            let result = question(questions, arguments);
            let fault = questions.take_fault();
            state.bytes_copied += copied(&result);
            fault.map_or(Ok((result,)), Err)
        })
    })
}

/// Something that goes into a guest as bytes.
trait Bytes {
    fn length(&self) -> u64;
}

impl Bytes for Arc<[u8]> {
    fn length(&self) -> u64 {
        self.len() as u64
    }
}

impl Bytes for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }
}

impl Bytes for Option<Vec<u8>> {
    fn length(&self) -> u64 {
        self.as_ref().map_or(0, |bytes| bytes.len() as u64)
    }
}

/// Adds everything that a pack of this version may import.
pub(super) fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    let name = |interface: &str| format!("golint:rules/{interface}@{}", super::VERSION);
    linker.instance(&name("types"))?;
    environment(&mut linker.instance(&name("environment"))?)?;
    files(&mut linker.instance(&name("files"))?)?;
    names(&mut linker.instance(&name("semantics"))?)?;
    types(&mut linker.instance(&name("semantics"))?)?;
    values(&mut linker.instance(&name("semantics"))?)?;
    findings(&mut linker.instance(&name("findings"))?)
}

fn environment(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    instance.func_wrap("kinds", |store, ()| answer(store, |_| Ok((KINDS,))))?;
    instance.func_wrap("fields", |store, ()| answer(store, |_| Ok((FIELDS,))))?;
    instance.func_wrap("platforms", |store, ()| {
        answer(store, |_| {
            let entry = |p: &golint_sdk::Platform| Platform {
                goos: p.goos.clone(),
                goarch: p.goarch.clone(),
                pointer_size: p.pointer_size,
            };
            Ok((platform_table().iter().map(entry).collect::<Vec<_>>(),))
        })
    })?;
    instance
        .func_wrap("supports", |store, (capability,): (String,)| answer(store, |_| Ok((supports(&capability),))))?;
    instance.func_wrap("log", |store, (level, message): (Level, String)| {
        answer(store, |state| {
            let level = match level {
                Level::Error => log::Level::Error,
                Level::Warn => log::Level::Warn,
                Level::Info => log::Level::Info,
                Level::Debug => log::Level::Debug,
            };
            state.log.say(level, &message);
            Ok(())
        })
    })
}

fn files(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    // The file belongs to the host: a guest borrows it, so that there is nothing to destroy.
    instance.resource("file", ResourceType::host::<File>(), |_, _| Ok(()))?;
    ask(instance, "[method]file.path", |q, _: OnFile| q.path())?;
    ask(instance, "[method]file.module-path", |q, _: OnFile| q.module_path())?;
    ask(instance, "[method]file.import-path", |q, _: OnFile| q.import_path())?;
    ask(instance, "[method]file.package-name", |q, _: OnFile| q.package_name())?;
    ask(instance, "[method]file.go-version", |q, _: OnFile| {
        q.go_version().map(|v| GoVersion { major: v.major, minor: v.minor })
    })?;
    ask(instance, "[method]file.module-go-version", |q, _: OnFile| {
        q.module_go_version().map(|v| GoVersion { major: v.major, minor: v.minor })
    })?;
    ask(instance, "[method]file.platforms", |q, _: OnFile| q.platforms())?;
    ask(instance, "[method]file.property", |q, (_, name): (Resource<File>, String)| q.property(&name))?;
    ask_bytes(instance, "[method]file.source", |q, _: OnFile| q.source_blob())?;
    ask_bytes(instance, "[method]file.tree", |q, _: OnFile| q.tree_blob())?;
    ask_bytes(instance, "[method]file.hits", |q, _: OnFile| q.hits_blob())?;
    ask_bytes(instance, "[method]file.text", |q, (_, node): (Resource<File>, u32)| q.text(node))?;
    ask_bytes(instance, "[method]file.table", |q, (_, name): (Resource<File>, String)| q.table(&name))?;
    ask(instance, "path-of", |q, (file,): (u32,)| q.path_of(file))?;
    ask_bytes(instance, "text-at", |q, (file, span): (u32, Span)| q.text_at(file, convert::span(span)))
}

fn names(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    type At = (Resource<File>, u32, Option<Vec<u64>>);
    let objects = |list: golint_sdk::facts::PerPlatform<u32>| {
        list.into_iter().map(|(on, object)| ObjectAt { on, object }).collect::<Vec<_>>()
    };
    ask(instance, "resolve", move |q, (_, node, on): At| objects(q.resolve(node, on.as_deref())))?;
    ask(instance, "selection", |q, (_, node): (Resource<File>, u32)| q.selection(node))?;
    ask(instance, "references", |q, (_, object): (Resource<File>, u32)| q.references(object))?;
    ask(instance, "references-in-package", |q, (_, object): (Resource<File>, u32)| {
        let places = q.references_in_package(object)?;
        Some(places.into_iter().map(convert::location).collect::<Vec<Location>>())
    })?;
    ask(instance, "kind-of", |q, (object,): (u32,)| -> Option<ObjectKind> {
        q.kind_of(object).map(convert::object_kind)
    })?;
    ask(instance, "name-of", |q, (object,): (u32,)| q.name_of(object))?;
    ask(instance, "qualified-name", |q, (object,): (u32,)| q.qualified_name(object))?;
    ask(instance, "declared-at", |q, (object,): (u32,)| q.declared_at(object).map(convert::location))?;
    ask(instance, "declared-node", |q, (object,): (u32,)| q.declared_node(object))?;
    ask(instance, "object-property", |q, (object, name): (u32, String)| q.object_property(object, &name))?;
    ask(instance, "type-of-object", |q, (object, on): (u32, Option<Vec<u64>>)| {
        convert::types_at(q.type_of_object(object, on.as_deref()))
    })
}

fn types(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    ask(instance, "type-of", |q, (_, node, on): (Resource<File>, u32, Option<Vec<u64>>)| -> Vec<TypeAt> {
        convert::types_at(q.type_of(node, on.as_deref()))
    })?;
    ask(instance, "type-string", |q, (ty,): (u32,)| q.type_string(ty))?;
    ask(instance, "type-kind", |q, (ty,): (u32,)| q.type_kind(ty))?;
    ask(instance, "underlying", |q, (ty,): (u32,)| q.underlying(ty))?;
    ask(instance, "element", |q, (ty,): (u32,)| q.element(ty))?;
    ask(instance, "key", |q, (ty,): (u32,)| q.key(ty))?;
    ask(instance, "array-length", |q, (ty, on): (u32, Option<Vec<u64>>)| {
        convert::constants(q.array_length(ty, on.as_deref()))
    })?;
    ask(instance, "fields-of", |q, (ty,): (u32,)| {
        let fields = q.fields_of(ty)?;
        Some(fields.into_iter().map(convert::field).collect::<Vec<StructField>>())
    })?;
    ask(instance, "signature-of", |q, (ty,): (u32,)| {
        q.signature_of(ty).map(|s| Signature {
            parameters: s.parameters,
            results: s.results,
            variadic: s.variadic,
            receiver: s.receiver,
        })
    })?;
    ask(instance, "type-object", |q, (ty,): (u32,)| q.type_object(ty))?;
    ask(instance, "type-arguments", |q, (ty,): (u32,)| q.type_arguments(ty))?;
    ask(instance, "methods-of", |q, (ty,): (u32,)| q.methods_of(ty))?;
    ask(instance, "identical", |q, (a, b): (u32, u32)| q.identical(a, b))?;
    ask(instance, "assignable", |q, (from, to): (u32, u32)| q.assignable(from, to))?;
    ask(instance, "convertible", |q, (from, to): (u32, u32)| q.convertible(from, to))?;
    ask(instance, "implements", |q, (ty, interface): (u32, u32)| q.implements(ty, interface))?;
    ask(instance, "comparable", |q, (ty,): (u32,)| q.comparable(ty))
}

fn values(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    ask(instance, "constant-of", |q, (_, node, on): (Resource<File>, u32, Option<Vec<u64>>)| -> Vec<ConstantAt> {
        convert::constants(q.constant_of(node, on.as_deref()))
    })?;
    ask(instance, "constant-of-object", |q, (object, on): (u32, Option<Vec<u64>>)| {
        convert::constants(q.constant_of_object(object, on.as_deref()))
    })?;
    ask(instance, "layout", |q, (ty, on): (u32, Option<Vec<u64>>)| {
        let layouts = q.layout(ty, on.as_deref());
        let layout = |(on, l): (Vec<u64>, golint_sdk::facts::RawLayout)| LayoutAt {
            on,
            size: l.size,
            align: l.align,
            offsets: l.offsets,
        };
        layouts.into_iter().map(layout).collect::<Vec<_>>()
    })
}

fn findings(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    ask(instance, "report", |q, (finding,): (Finding,)| q.report(convert::finding(finding)))
}

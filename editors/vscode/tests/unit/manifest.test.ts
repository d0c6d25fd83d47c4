// package.json says what the extension and the server do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { HANDED_ON } from "../../src/settings";
import { manifest, properties } from "./manifest";

test("there is a setting for all that the server takes, and for no more", () => {
    const source = readFileSync("../../crates/golint-lsp/src/settings.rs", "utf8");
    const struct = /struct Settings \{(.*?)\n\}/s.exec(source)?.[1] ?? "";
    const fields = [...struct.matchAll(/^ {4}pub\(crate\) (\w+):/gm)].map(([, field]) => field ?? "");
    assert(fields.length > 5, struct);
    const names = fields.map((field) => field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
    // Of trust, VS Code knows.
    assert.deepEqual([...HANDED_ON, "trustWorkspacePlugins"].sort(), names.sort());
    const ours = ["path", "trace.server"];
    const expected = [...HANDED_ON, ...ours].map((name) => `golint-rs.${name}`);
    assert.deepEqual(Object.keys(properties).sort(), expected.sort());
});

test("every setting is described", () => {
    for (const [name, { description, markdownDescription }] of Object.entries(properties)) {
        assert.match(description ?? markdownDescription ?? "", /\.$/, name);
    }
});

test("the commands are those that the extension registers", () => {
    const source = readFileSync("src/extension.ts", "utf8");
    const registered = [...source.matchAll(/registerCommand\("([^"]+)"/g)].map(([, command]) => command);
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), registered.sort());
});

test("the version is that of golint-rs", () => {
    const version = /^\[workspace\.package\]\nversion = "([^"]+)"/m.exec(readFileSync("../../Cargo.toml", "utf8"))?.[1];
    assert.equal(manifest.version, version);
});

test("versions of Go are told from others", () => {
    const pattern = new RegExp(properties["golint-rs.go"]?.pattern ?? "");
    for (const version of ["", "1.21", "go1.21", "1.21.3", "1.22rc1", "1"]) assert.match(version, pattern);
    for (const version of ["1.", "v1.21", "latest", "1.21 "]) assert.doesNotMatch(version, pattern);
});

// Which golint-rs is run, with real files in real folders.
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

import { findBinary } from "../../src/binary";
import type { Places } from "../../src/binary";

const root = await mkdtemp(join(tmpdir(), "golint-rs-binary-"));
after(() => rm(root, { recursive: true }));

async function file(name: string, mode: number): Promise<string> {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "#!/bin/sh\n");
    await chmod(path, mode);
    return path;
}

const bundled = await file("extension/server/golint-rs", 0o755);
const first = await file("first/golint-rs", 0o755);
const second = await file("second/golint-rs", 0o755);
const inWorkspace = await file("workspace/tools/golint-rs", 0o755);
const noProgram = await file("no-program/golint-rs", 0o644);
await mkdir(join(root, "folder/golint-rs"), { recursive: true });

const places = (changes: Partial<Places>): Places => ({
    setting: "",
    extension: join(root, "extension"),
    workspace: join(root, "workspace"),
    home: root,
    path: [dirname(first), dirname(second)].join(":"),
    platform: "linux",
    ...changes,
});

async function found(changes: Partial<Places>): Promise<string | undefined> {
    const search = await findBinary(places(changes));
    return search.kind === "found" ? search.path : undefined;
}

async function missing(changes: Partial<Places>): Promise<string> {
    const search = await findBinary(places(changes));
    assert(search.kind === "missing", `found ${JSON.stringify(search)}`);
    return search.why;
}

const nothing = join(root, "nothing");

test("the setting comes first, then the bundled one, then PATH", async () => {
    assert.equal(await found({ setting: second }), second);
    assert.equal(await found({}), bundled);
    assert.equal(await found({ extension: nothing }), first);
    assert.match(await missing({ extension: nothing, path: nothing }), /none for this system.*PATH.*golint-rs\.path/);
});

test("a setting may begin with the home folder or the workspace", async () => {
    assert.equal(await found({ setting: "~/second/golint-rs" }), second);
    assert.equal(await found({ setting: " ${workspaceFolder}/tools/golint-rs " }), inWorkspace);
    assert.match(await missing({ setting: "${workspaceFolder}/x", workspace: undefined }), /no folder is open/);
});

test("a setting that leads nowhere is told, though there are others", async () => {
    assert.match(await missing({ setting: nothing }), /"\/.*nothing", which is not there or can't be run/);
    assert.match(await missing({ setting: noProgram }), /can't be run/);
    assert.match(await missing({ setting: dirname(first) }), /can't be run/);
    assert.match(await missing({ setting: "golint-rs" }), /not an absolute path/);
});

test("what can't be run is passed over", async () => {
    const path = ["folder", "no-program", "second"].map((folder) => join(root, folder)).join(":");
    assert.equal(await found({ extension: nothing, path }), second);
});

test("relative folders on PATH are passed over", async () => {
    const folder = process.cwd();
    process.chdir(root);
    try {
        assert.equal(await found({ extension: nothing, path: `first::.:${dirname(second)}` }), second);
        assert.match(await missing({ extension: nothing, path: "first::." }), /none is on PATH/);
    } finally {
        process.chdir(folder);
    }
});

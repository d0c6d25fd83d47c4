// What the server is told of settings.
import assert from "node:assert/strict";
import { test } from "node:test";

import { HANDED_ON, serverSettings } from "../../src/settings";
import { defaults } from "./manifest";

test("the defaults say nothing but what holds without them", () => {
    const told = serverSettings((name) => defaults[`golint-rs.${name}`], true);
    assert.deepEqual(told, { confidence: "likely", includeGenerated: false, logLevel: "warn", trustWorkspacePlugins: true });
});

test("what is set is handed on as it is, also if it is wrong", () => {
    const set: Record<string, unknown> = { select: ["all"], ignore: 7, go: "1.21", path: "/x", config: "", platforms: null };
    const told = serverSettings((name) => set[name], false);
    assert.deepEqual(told, { select: ["all"], ignore: 7, go: "1.21", trustWorkspacePlugins: false });
});

test("each name is asked for", () => {
    const asked: string[] = [];
    serverSettings((name) => asked.push(name), true);
    assert.deepEqual(asked.sort(), [...HANDED_ON].sort());
});

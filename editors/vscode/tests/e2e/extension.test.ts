// The extension as a user has it: packaged, installed into VS Code, on a small Go module. The tests are one story.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Editor, PATIENCE, until, variable } from "./editor";

const CAPTURED = "loop variable `sink` is captured";
const FIX = "Copy `sink` at the start of the body";

const TYPED = "\nfunc typed(all []int) {\n\tfor _, one := range all {\n\t\tdefer func() { println(one) }()\n\t}\n}\n";

const folder = mkdtempSync(join(tmpdir(), "golint-rs-module-"));
const module = join(folder, "spool");
const read = (name: string): string => readFileSync(join(module, name), "utf8");
const lineOf = (name: string, text: string): number => 1 + read(name).split("\n").findIndex((line) => line.includes(text));
let editor: Editor | undefined;
let failed = false;

/** A chapter of the story. It has no sense after one that failed. */
function chapter(name: string, body: (editor: Editor) => Promise<void>): void {
    test(name, { timeout: 3 * PATIENCE }, async () => {
        assert(editor !== undefined && !failed, "not tried, because what comes before failed");
        failed = true;
        await body(editor);
        failed = false;
    });
}

before(
    async () => {
        cpSync("../../tests/demo", module, { recursive: true });
        // A pack of the module's own, whose rules can be told from the built-in ones by their names.
        cpSync("../../crates/golint-builtin/packs/go-semantics.wasm", join(module, "house.wasm"));
        writeFileSync(join(module, "golint.toml"), '[plugins.house]\npath = "house.wasm"\n');
        editor = await Editor.open(variable("VSIX"), module);
    },
    { timeout: 2 * PATIENCE },
);

after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true });
});

chapter("in a workspace that is not trusted, the built-in rules run, and no others", async (editor) => {
    await editor.page.getByRole("button", { name: "No, I don't trust the authors" }).click();
    await editor.command("View: Toggle Problems");
    await editor.file("broadcast.go");
    await editor.goTo(lineOf("broadcast.go", "sink.Send(ctx"), 29);
    await editor.squiggles.first().waitFor();
    await editor.counted("broadcast.go", 1);
    await editor.counted("handles_windows.go", 1);
    assert.equal(await editor.problems("house/").count(), 0);
});

chapter("when trust is granted, the workspace's own rules run, too", async (editor) => {
    await editor.command("Workspaces: Manage Workspace Trust");
    await editor.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    await editor.counted("broadcast.go", 2);
    await editor.counted("handles_windows.go", 2);
    await editor.problems("house/loopvar-capture").first().waitFor();
    await editor.file("broadcast.go");
    writeFileSync(join(module, "golint.toml"), "# Nothing of our own.\n");
    await until("the rules of the house are gone", async () => (await editor.problems("house/").count()) === 0);
    await editor.problems(CAPTURED).waitFor();
});

chapter("the status item shows the version", async (editor) => {
    const version = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;
    assert.match(await editor.status(), new RegExp(`golint-rs ${version}[^]*running, comes with the extension`));
});

chapter("a fix is offered and applied, and the problem is gone", async (editor) => {
    await editor.squiggles.first().waitFor();
    await editor.page.keyboard.press("Control+.");
    const actions = editor.page.locator(".action-widget");
    await actions.locator(".monaco-list-row.focused", { hasText: FIX }).waitFor();
    await actions.getByText("Suppress loopvar-capture for this line").waitFor();
    // The README shows it. It has the look of another version of VS Code after each upgrade, and is not compared.
    const clip = { x: 0, y: 0, width: 1000, height: 520 };
    await editor.page.screenshot({ path: join(variable("LOGS"), "quick-fix.png"), clip });
    await editor.page.keyboard.press("Enter");
    await until("the squiggle is gone", async () => (await editor.squiggles.count()) === 0);
    await until("the problem is gone", async () => (await editor.problems(CAPTURED).count()) === 0);
    await editor.page.keyboard.press("Control+S");
    await until("the fix is saved", () => read("broadcast.go").includes("\t\tsink := sink\n"));
});

chapter("what is typed is looked at, and safe fixes are applied when a file is saved", async (editor) => {
    await editor.file("handles_windows.go");
    await editor.squiggles.first().waitFor();
    await editor.page.keyboard.press("Control+End");
    await editor.page.keyboard.insertText(TYPED);
    await editor.counted("handles_windows.go", 2);
    await editor.page.keyboard.press("Control+S");
    await until("the fixes are saved", () => /handle := handle\n[^]*one := one\n/.test(read("handles_windows.go")));
});

chapter("the server can be restarted", async (editor) => {
    await editor.file("header.go");
    await editor.goTo(lineOf("header.go", "Offsetof"), 1);
    await editor.squiggles.first().waitFor();
    const before = editor.servers();
    assert.equal(before.length, 1, `servers: ${before.join(" ")}`);
    await editor.command("golint-rs: Restart Server");
    await until("another server runs", () => {
        const now = editor.servers();
        return now.length === 1 && now[0] !== before[0];
    });
    await editor.squiggles.first().waitFor();
    await editor.problems("unsafe-offsetof").first().waitFor();
});

chapter("a server that is killed comes back by itself", async (editor) => {
    const [before] = editor.servers();
    assert(before !== undefined);
    process.kill(before, "SIGKILL");
    await until("another server runs", () => editor.servers().some((id) => id !== before));
    await editor.squiggles.first().waitFor();
    assert.match(await editor.status(), /running/);
});

chapter("settings hold at once", async (editor) => {
    editor.set({ "golint-rs.ignore": ["unsafe-offsetof"] });
    await until("the squiggle is gone", async () => (await editor.squiggles.count()) === 0);
    editor.set({});
    await editor.squiggles.first().waitFor();
});

chapter("a faulty golint.toml is shown while it is typed", async (editor) => {
    await editor.file("golint.toml");
    await editor.page.keyboard.press("Control+Home");
    await editor.page.keyboard.insertText('selekt = ["all"]\n');
    await editor.problems("selekt").first().waitFor();
    await editor.squiggles.first().waitFor();
    await editor.command("File: Revert File");
    await until("the fault is gone", async () => (await editor.problems("selekt").count()) === 0);
});

chapter("where there is no golint-rs, a message says what to do", async (editor) => {
    editor.set({ "golint-rs.path": "/nowhere/golint-rs" });
    const message = editor.notifications("golint-rs was not found: the setting golint-rs.path");
    await message.getByRole("button", { name: "Open Settings" }).waitFor();
    await message.getByRole("button", { name: "How to Install" }).waitFor();
    await until("no server runs", () => editor.servers().length === 0);
    await editor.file("header.go");
    assert.match(await editor.status(), /golint-rs was not found/);
});

chapter("of a program that is no golint-rs, the output says why it ended", async (editor) => {
    const program = join(folder, "other");
    writeFileSync(program, "#!/bin/sh\necho this is another program >&2\nexit 1\n", { mode: 0o755 });
    editor.set({ "golint-rs.path": program });
    await until("it is told", async () => (await editor.status()).includes("golint-rs stopped"));
    await until("its words are kept", () => editor.outputFile().includes("Its last words:\nthis is another program"));
    await editor.command("golint-rs: Show Output");
    await editor.output.first().waitFor();
    editor.set({});
    await editor.squiggles.first().waitFor();
    assert.match(await editor.status(), /running, comes with the extension/);
});

// VS Code for the browser with the extension in it, and Chromium before it. All that it keeps lies in a folder of its own.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { chromium } from "playwright-core";
import type { Browser, Locator, Page } from "playwright-core";

/** How long anything may take, in milliseconds. A machine that is busy takes its time. */
export const PATIENCE = 60_000;

/** The user's settings. */
const SETTINGS = {
    "editor.codeActionsOnSave": { "source.fixAll.golint-rs": "explicit" },
    "editor.minimap.enabled": false,
    "extensions.autoCheckUpdates": false,
    "extensions.ignoreRecommendations": true,
    "files.autoSave": "off",
    "git.enabled": false,
    "telemetry.telemetryLevel": "off",
    "window.autoDetectColorScheme": false,
    "workbench.colorTheme": "Default Light Modern",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
};

/** An editor that shows one folder. */
export class Editor {
    private constructor(
        /** The page with the editor. */
        readonly page: Page,
        private readonly browser: Browser,
        private readonly server: ChildProcess,
        private readonly home: string,
        private readonly folder: string,
    ) {}

    /** Installs an extension and opens a folder. */
    static async open(vsix: string, folder: string): Promise<Editor> {
        const entry = join(variable("CODE_SERVER"), "node_modules/code-server/out/node/entry.js");
        const logs = variable("LOGS");
        mkdirSync(logs, { recursive: true });
        const home = mkdtempSync(join(tmpdir(), "golint-rs-vscode-"));
        const elsewhere = { XDG_CACHE_HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined };
        const environment = { ...process.env, HOME: home, ...elsewhere };
        const folders = ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];
        const installed = spawnSync(process.execPath, [entry, ...folders, "--install-extension", vsix], {
            encoding: "utf8",
            env: environment,
        });
        assert.equal(installed.status, 0, `the extension can't be installed: ${installed.stdout}${installed.stderr}`);
        writeSettings(join(home, "data/User"), SETTINGS);

        const server = spawn(
            process.execPath,
            [entry, ...folders, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check"],
            { env: environment, stdio: ["ignore", "pipe", "pipe"] },
        );
        server.stderr.pipe(createWriteStream(join(logs, "code-server.err")));
        // Whatever ends the tests, it does not stay.
        process.once("exit", () => server.kill("SIGTERM"));
        const address = await addressOf(server);
        const browser = await chromium.launch({
            executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
            // Root, as which containers run, has no sandbox in Chromium. It sees nothing but this machine.
            args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
        });
        const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
        page.setDefaultTimeout(PATIENCE);
        await page.goto(`${address}?folder=${encodeURIComponent(folder)}`);
        await page.locator(".monaco-workbench .statusbar").waitFor();
        return new Editor(page, browser, server, home, folder);
    }

    /** Writes the settings of the workspace. */
    set(settings: Record<string, unknown>): void {
        writeSettings(join(this.folder, ".vscode"), settings);
    }

    /** Runs a command from the palette, by its title. */
    async command(title: string): Promise<void> {
        await this.pick("F1", `>${title}`, title);
    }

    /** Opens a file of the folder. */
    async file(name: string): Promise<void> {
        await this.pick("Control+P", name, name);
        await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
        await this.page.locator(".editor-instance .view-line").first().waitFor();
    }

    /** Puts the cursor somewhere; lines and columns count from 1, a tab as one. */
    async goTo(line: number, column: number): Promise<void> {
        await this.pick("Control+G", `:${line}:${column}`, /^Press 'Enter' to go to|^Go to line/);
        await this.page.locator(".statusbar", { hasText: `Ln ${line}, ` }).waitFor();
    }

    /** The marks below what is wrong in the editor. */
    get squiggles(): Locator {
        return this.page.locator(".monaco-editor .squiggly-error, .monaco-editor .squiggly-warning");
    }

    /** The problems in the panel that say something; of all that there are, it shows the first. */
    problems(text: string | RegExp): Locator {
        return this.page.locator('.markers-panel .monaco-list-row[aria-level="2"]', { hasText: text });
    }

    /** Waits until the panel has so many problems in a file. */
    async counted(file: string, problems: number): Promise<void> {
        await this.page.locator(`.markers-panel [aria-label^="${problems} problems in file ${file}"]`).waitFor();
    }

    /** The lines of the output panel that are in sight. */
    get output(): Locator {
        return this.page.locator(".output-view .view-line");
    }

    /** All that the output of the extension says. VS Code keeps it in a file. */
    outputFile(): string {
        const logs = join(this.home, "data/logs");
        const names = readdirSync(logs, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("/golint-rs.log"));
        return names.map((name) => readFileSync(join(logs, name), "utf8")).join("");
    }

    /** The messages in the corner. */
    notifications(text: string | RegExp): Locator {
        return this.page.locator(".notification-toast", { hasText: text });
    }

    /** What the status item for the file's language shows. */
    async status(): Promise<string> {
        await this.page.locator('.statusbar-item[id="status.languageStatus"]').hover();
        const shown = this.page.locator(".hover-language-status", { hasText: "golint-rs" });
        await shown.waitFor();
        const text = await shown.innerText();
        await this.page.mouse.move(0, 0);
        return text;
    }

    /** The processes of the language server that the extension started. */
    servers(): number[] {
        const running = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && programOf(name).startsWith(this.home));
        return running.map(Number).filter((id) => programOf(String(id)).endsWith("/golint-rs"));
    }

    /** Takes a picture of how it ended, closes all, and removes what was kept. */
    async close(): Promise<void> {
        await this.page.screenshot({ path: join(variable("LOGS"), "last.png") });
        await this.browser.close();
        const ended = new Promise((resolve) => this.server.once("exit", resolve));
        this.server.kill("SIGTERM");
        await ended;
        rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
    }

    private async pick(keys: string, input: string, row: string | RegExp): Promise<void> {
        await this.page.keyboard.press(keys);
        const widget = this.page.locator(".quick-input-widget");
        const field = widget.locator("input[type=text]");
        await field.waitFor();
        await field.fill(input);
        await widget.locator(".monaco-list-row.focused", { hasText: row }).waitFor();
        await this.page.keyboard.press("Enter");
        await widget.waitFor({ state: "hidden" });
    }
}

/** A variable that editors/vscode/test sets. */
export function variable(name: string): string {
    const value = process.env[name];
    assert(value, `${name} is not set: run editors/vscode/test`);
    return value;
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!(await holds())) {
        assert(Date.now() < end, `in vain waited for this: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

function writeSettings(folder: string, settings: Record<string, unknown>): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
}

function addressOf(server: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        const said: string[] = [];
        assert(server.stdout);
        createInterface({ input: server.stdout }).on("line", (line) => {
            said.push(line);
            const address = /listening on (http:\/\/\S+)/.exec(line)?.[1];
            if (address !== undefined) resolve(address);
        });
        server.once("exit", () => {
            reject(new Error(`code-server ended: ${said.join("\n")}`));
        });
    });
}

/** The program of a process; empty for one that is gone, or not ours to see. */
function programOf(id: string): string {
    try {
        // A process that was not waited for yet has no command line.
        return readFileSync(`/proc/${id}/cmdline`, "utf8") === "" ? "" : readlinkSync(`/proc/${id}/exe`);
    } catch {
        return "";
    }
}

// The running language server: started, told of settings and trust, started again, stopped. One for the whole window.
import { homedir } from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { Uri, commands, env, window, workspace } from "vscode";
import type { ExtensionContext, LogOutputChannel } from "vscode";
import { DidChangeConfigurationNotification, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import type { LanguageClientOptions } from "vscode-languageclient/node";

import { findBinary } from "./binary";
import type { Search } from "./binary";
import { SECTION, serverSettings } from "./settings";
import type { Status } from "./status";
import type { TraceChannel } from "./trace";

/** The documents that the server wants to know of: Go, and what decides how Go is checked. */
export const DOCUMENTS = [
    { scheme: "file", language: "go" },
    { scheme: "untitled", language: "go" },
    ...["golint.toml", "go.mod", "go.work"].map((name) => ({ scheme: "file", pattern: `**/${name}` })),
];

const HOW_TO_INSTALL = "https://github.com/golint-rs/golint-rs/tree/main/editors/vscode#install";

/** How many lines of the server's last words are shown when it ends unasked. */
const LAST_WORDS = 40;

/** The language server. */
export class Server {
    private client: LanguageClient | undefined;
    /** What is asked for while something is under way waits for that. */
    private underWay: Promise<void> = Promise.resolve();

    constructor(
        private readonly context: ExtensionContext,
        private readonly output: LogOutputChannel,
        private readonly trace: TraceChannel,
        private readonly status: Status,
    ) {}

    /** Starts the server; one that runs is stopped before. Tells the user if it can't. */
    restart(): Promise<void> {
        return this.inTurn(async () => {
            await this.end();
            await this.start();
        });
    }

    /** Stops the server. */
    stop(): Promise<void> {
        return this.inTurn(() => this.end());
    }

    /** Tells the server that settings or trust changed. It asks for them then. */
    async settingsChanged(): Promise<void> {
        if (this.client?.state === State.Running) {
            await this.client.sendNotification(DidChangeConfigurationNotification.type, { settings: { [SECTION]: settings() } });
        }
    }

    private inTurn(work: () => Promise<void>): Promise<void> {
        this.underWay = this.underWay.then(work).catch((error: unknown) => {
            this.output.error(String(error));
        });
        return this.underWay;
    }

    private async start(): Promise<void> {
        const found = await findBinary({
            setting: workspace.getConfiguration(SECTION).get("path", ""),
            extension: this.context.extensionPath,
            workspace: workspace.workspaceFolders?.[0]?.uri.fsPath,
            home: homedir(),
            path: process.env["PATH"] ?? "",
            platform: process.platform,
        });
        if (found.kind === "missing") {
            this.status.show({ kind: "missing" });
            this.output.error(found.why);
            // Not awaited: the message stays until somebody clicks it away.
            void this.tellMissing(found.why);
            return;
        }
        this.output.info(`Starting ${found.path} (${found.origin})`);
        this.client = this.connect(found);
        await this.client.start();
    }

    private connect({ path, origin }: Search & { kind: "found" }): LanguageClient {
        const options: LanguageClientOptions = {
            documentSelector: DOCUMENTS,
            // Of faults that the server tells unasked; what it is asked for has a collection by its own name.
            diagnosticCollectionName: "golint-rs-faults",
            outputChannel: this.output,
            traceOutputChannel: this.trace,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            initializationOptions: settings,
            diagnosticPullOptions: { onChange: true, onSave: true },
            middleware: {
                workspace: {
                    configuration: (params, token, next) =>
                        params.items.every(({ section }) => section === SECTION)
                            ? params.items.map(settings)
                            : next(params, token),
                },
            },
            // What is logged comes through the protocol, too; what else stands there matters when the server ends.
            stdioOptions: {
                stdout: () => undefined,
                stderr: (stream) => {
                    lastWords(stream, (words) => {
                        if (this.client === client) this.output.error(`golint-rs ended. Its last words:\n${words}`);
                    });
                },
            },
        };
        const client = new LanguageClient(SECTION, "golint-rs", { command: path, args: ["lsp", "--stdio"] }, options);
        client.onDidChangeState(({ newState }) => {
            if (this.client !== client) return;
            switch (newState) {
                case State.Starting:
                    this.status.show({ kind: "starting", origin });
                    break;
                case State.Running:
                    this.status.show({ kind: "running", origin, version: client.initializeResult?.serverInfo?.version });
                    break;
                case State.Stopped:
                case State.StartFailed:
                    this.status.show({ kind: "stopped" });
                    break;
            }
        });
        return client;
    }

    private async end(): Promise<void> {
        const client = this.client;
        this.client = undefined;
        // One that hangs is ended by force, and that is no reason not to start another.
        await client?.dispose().catch((error: unknown) => {
            this.output.warn(String(error));
        });
    }

    private async tellMissing(why: string): Promise<void> {
        const [openSettings, install, again] = ["Open Settings", "How to Install", "Look Again"] as const;
        switch (await window.showErrorMessage(why, openSettings, install, again)) {
            case openSettings:
                await commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
                break;
            case install:
                await env.openExternal(Uri.parse(HOW_TO_INSTALL));
                break;
            case again:
                await this.restart();
                break;
            case undefined:
                break;
        }
    }
}

function settings(): Record<string, unknown> {
    const section = workspace.getConfiguration(SECTION);
    return serverSettings((name) => section.get(name), workspace.isTrusted);
}

/** Hands on the last lines of a stream when it ends, unless there are none. */
function lastWords(stream: Readable, tell: (words: string) => void): void {
    const lines: string[] = [];
    createInterface({ input: stream })
        .on("line", (line) => {
            lines.push(line);
            if (lines.length > LAST_WORDS) lines.shift();
        })
        .on("close", () => {
            if (lines.length > 0) tell(lines.join("\n"));
        });
}

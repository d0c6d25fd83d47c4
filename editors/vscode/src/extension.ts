// The extension: starts the server when a Go file is opened, and offers commands for it.
import { commands, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";

import { DOCUMENTS, Server } from "./server";
import { SECTION } from "./settings";
import { Status } from "./status";
import { TraceChannel, isTraced } from "./trace";

let server: Server | undefined;

/** Called by VS Code, once. */
export async function activate(context: ExtensionContext): Promise<void> {
    const output = window.createOutputChannel("golint-rs", { log: true });
    const trace = new TraceChannel();
    const status = new Status(DOCUMENTS);
    const running = new Server(context, output, trace, status);
    server = running;
    context.subscriptions.push(
        output,
        trace,
        status,
        commands.registerCommand("golint-rs.restart", () => running.restart()),
        commands.registerCommand("golint-rs.showOutput", () => {
            output.show();
        }),
        commands.registerCommand("golint-rs.showTrace", () => showTrace(trace)),
        workspace.onDidChangeConfiguration(async (event) => {
            if (event.affectsConfiguration(`${SECTION}.trace`)) trace.settingChanged();
            if (event.affectsConfiguration(`${SECTION}.path`)) {
                await running.restart();
            } else if (event.affectsConfiguration(SECTION)) {
                await running.settingsChanged();
            }
        }),
        workspace.onDidGrantWorkspaceTrust(() => running.settingsChanged()),
    );
    await running.restart();
}

/** Called by VS Code at the end. */
export function deactivate(): Promise<void> | undefined {
    return server?.stop();
}

async function showTrace(trace: TraceChannel): Promise<void> {
    trace.show();
    if (isTraced()) return;
    const turnOn = "Trace Messages";
    const message = "Nothing is traced while the setting golint-rs.trace.server is off.";
    if ((await window.showInformationMessage(message, turnOn)) === turnOn) {
        await workspace.getConfiguration(SECTION).update("trace.server", "verbose");
    }
}

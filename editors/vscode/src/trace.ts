// Where the talk between editor and server is written. The language client writes it at the log level Trace of its channel
// only, which an extension can't set; this channel has that level whenever the setting `golint-rs.trace.server` wants a trace.
import { EventEmitter, LogLevel, window, workspace } from "vscode";
import type { LogOutputChannel, ViewColumn } from "vscode";

import { SECTION } from "./settings";

/** Whether the setting wants a trace. */
export function isTraced(): boolean {
    return workspace.getConfiguration(SECTION).get("trace.server") !== "off";
}

/** The output channel of the trace. */
export class TraceChannel implements LogOutputChannel {
    private readonly channel = window.createOutputChannel("golint-rs Trace");
    private readonly levels = new EventEmitter<LogLevel>();
    readonly name = this.channel.name;
    readonly onDidChangeLogLevel = this.levels.event;

    get logLevel(): LogLevel {
        return isTraced() ? LogLevel.Trace : LogLevel.Info;
    }

    /** To be called when the setting changed. */
    settingChanged(): void {
        this.levels.fire(this.logLevel);
    }

    trace(message: string): void {
        this.channel.appendLine(`${new Date().toISOString()} ${message}`);
    }

    debug(message: string): void {
        this.trace(message);
    }

    info(message: string): void {
        this.trace(message);
    }

    warn(message: string): void {
        this.trace(message);
    }

    error(error: string | Error): void {
        this.trace(String(error));
    }

    append(value: string): void {
        this.channel.append(value);
    }

    appendLine(value: string): void {
        this.channel.appendLine(value);
    }

    replace(value: string): void {
        this.channel.replace(value);
    }

    clear(): void {
        this.channel.clear();
    }

    show(columnOrPreserve?: ViewColumn | boolean, preserveFocus?: boolean): void {
        this.channel.show(typeof columnOrPreserve === "boolean" ? columnOrPreserve : preserveFocus);
    }

    hide(): void {
        this.channel.hide();
    }

    dispose(): void {
        this.levels.dispose();
        this.channel.dispose();
    }
}

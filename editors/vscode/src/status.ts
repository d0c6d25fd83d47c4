// The status item: which golint-rs runs, and how it is. VS Code shows it under the braces beside a file's language.
import { LanguageStatusSeverity, languages } from "vscode";
import type { Disposable, DocumentSelector } from "vscode";

/** How the server is. */
export type State =
    | { kind: "starting"; origin: string }
    | { kind: "running"; origin: string; version: string | undefined }
    | { kind: "missing" }
    | { kind: "stopped" };

/** The status item for files of `selector`. */
export class Status implements Disposable {
    private readonly item;

    constructor(selector: DocumentSelector) {
        this.item = languages.createLanguageStatusItem("golint-rs", selector);
        this.item.name = "golint-rs";
    }

    /** Shows that the server is like this from now on. */
    show(state: State): void {
        this.item.busy = state.kind === "starting";
        this.item.severity = LanguageStatusSeverity.Information;
        this.item.command = { command: "golint-rs.showOutput", title: "Show Output" };
        switch (state.kind) {
            case "starting":
                this.item.text = "golint-rs";
                this.item.detail = `starting, ${state.origin}`;
                break;
            case "running":
                this.item.text = `golint-rs ${state.version ?? ""}`.trimEnd();
                this.item.detail = `running, ${state.origin}`;
                break;
            case "missing":
                this.item.text = "golint-rs was not found";
                this.item.detail = "it is neither part of the extension nor on PATH, or the setting is wrong";
                this.item.severity = LanguageStatusSeverity.Error;
                this.item.command = { command: "golint-rs.restart", title: "Look Again" };
                break;
            case "stopped":
                this.item.text = "golint-rs stopped";
                this.item.detail = "its output says why";
                this.item.severity = LanguageStatusSeverity.Error;
                this.item.command = { command: "golint-rs.restart", title: "Restart" };
                break;
        }
    }

    dispose(): void {
        this.item.dispose();
    }
}

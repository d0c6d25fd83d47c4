// What the server is told of the settings: those that are not left empty, under the names that both sides use, and whether
// the workspace is trusted. What a value must be, the server knows, and it says so. Knows nothing of VS Code.

/** The settings that the server takes as they are. */
export const HANDED_ON = [
    "config",
    "select",
    "ignore",
    "confidence",
    "platforms",
    "go",
    "includeGenerated",
    "logLevel",
] as const;

/** The section of all settings of the extension. */
export const SECTION = "golint-rs";

/** The settings as the server reads them. `read` gives the value of a setting of the section. */
export function serverSettings(read: (name: string) => unknown, isTrusted: boolean): Record<string, unknown> {
    const set = HANDED_ON.map((name) => [name, read(name)] as const).filter(([, value]) => !isEmpty(value));
    return { ...Object.fromEntries(set), trustWorkspacePlugins: isTrusted };
}

/** A setting with a default that says nothing can't be told from one that is not set. */
function isEmpty(value: unknown): boolean {
    return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

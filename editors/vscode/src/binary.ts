// Which golint-rs is run: the one of the setting, else the one that comes with the extension, else the first on PATH.
// A setting that leads nowhere is a fault, and no reason to run another one. Knows nothing of VS Code.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { posix, win32 } from "node:path";

/** Where it is looked for. */
export interface Places {
    /** The setting `golint-rs.path`; empty where it is not set. */
    setting: string;
    /** The folder of the extension. */
    extension: string;
    /** The first folder of the workspace. */
    workspace: string | undefined;
    home: string;
    /** The variable PATH. */
    path: string;
    platform: NodeJS.Platform;
}

/** The program, or what to tell the user. */
export type Search = { kind: "found"; path: string; origin: string } | { kind: "missing"; why: string };

/** Looks for the program. */
export async function findBinary(places: Places): Promise<Search> {
    const name = places.platform === "win32" ? "golint-rs.exe" : "golint-rs";
    if (places.setting.trim() !== "") return findSetting(places);

    const bundled = pathsOf(places.platform).join(places.extension, "server", name);
    if (await isProgram(bundled)) return { kind: "found", path: bundled, origin: "comes with the extension" };
    for (const path of onPath(places, name)) {
        if (await isProgram(path)) return { kind: "found", path, origin: path };
    }
    return {
        kind: "missing",
        why: "golint-rs was not found: this build of the extension has none for this system, and none is on PATH. Install it, or say in the setting golint-rs.path where it is.",
    };
}

async function findSetting(places: Places): Promise<Search> {
    const missing = (why: string): Search => ({ kind: "missing", why: `golint-rs was not found: the setting golint-rs.path ${why}` });
    const paths = pathsOf(places.platform);
    let path = places.setting.trim();
    const afterHome = /^~[/\\](.*)$/.exec(path)?.[1];
    const afterWorkspace = /^\$\{workspaceFolder\}[/\\](.*)$/.exec(path)?.[1];
    if (afterHome !== undefined) {
        path = paths.join(places.home, afterHome);
    } else if (afterWorkspace !== undefined) {
        if (places.workspace === undefined) return missing("begins with ${workspaceFolder}, and no folder is open.");
        path = paths.join(places.workspace, afterWorkspace);
    }
    if (!paths.isAbsolute(path)) return missing(`is "${path}", which is not an absolute path.`);
    if (!(await isProgram(path))) return missing(`is "${path}", which is not there or can't be run.`);
    return { kind: "found", path, origin: "from the setting golint-rs.path" };
}

/** Relative folders on PATH are left out: what they mean depends on the workspace, which need not be trusted. */
function onPath({ path, platform }: Places, name: string): string[] {
    const paths = pathsOf(platform);
    return path
        .split(paths.delimiter)
        .filter((folder) => paths.isAbsolute(folder))
        .map((folder) => paths.join(folder, name));
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
    return platform === "win32" ? win32 : posix;
}

async function isProgram(path: string): Promise<boolean> {
    try {
        await access(path, constants.X_OK);
        return (await stat(path)).isFile();
    } catch {
        return false;
    }
}

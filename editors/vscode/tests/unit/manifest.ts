// package.json of the extension, as the tests read it.
import { readFileSync } from "node:fs";

interface Property {
    default: unknown;
    type: string;
    description?: string;
    markdownDescription?: string;
    pattern?: string;
}

interface Manifest {
    version: string;
    contributes: {
        commands: { command: string }[];
        configuration: { properties: Record<string, Property> };
    };
}

/** package.json. Tests run in the folder of the extension. */
export const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

/** The settings. */
export const properties = manifest.contributes.configuration.properties;

/** The defaults of the settings, by their full names. */
export const defaults = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, property.default]));

// bundle.mjs: makes dist/extension.js of the extension, with all that it imports, and the notices of those parts.
// bundle.mjs FOLDER: makes out/ of the tests in a folder, one file each, so that Node can run them.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = process.argv[2];

if (folder === undefined) {
    const { metafile } = await build({
        entryPoints: ["src/extension.ts"],
        outfile: "dist/extension.js",
        bundle: true,
        format: "cjs",
        platform: "node",
        target: "node20",
        external: ["vscode"],
        minify: true,
        metafile: true,
        logLevel: "warning",
    });
    writeFileSync("dist/NOTICES.txt", notices(Object.keys(metafile.inputs)));
} else {
    const outdir = join("out", basename(folder));
    rmSync(outdir, { recursive: true, force: true });
    await build({
        entryPoints: readdirSync(folder).filter((name) => name.endsWith(".test.ts")).map((name) => join(folder, name)),
        outdir,
        outExtension: { ".js": ".mjs" },
        bundle: true,
        format: "esm",
        platform: "node",
        target: "node20",
        packages: "external",
        sourcemap: "inline",
        logLevel: "warning",
    });
}

/** The licences of the packages that these files belong to. */
function notices(files) {
    const packages = new Set(files.map((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
    const texts = [...packages].sort().map((path) => {
        const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
        const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
        if (file === undefined) throw new Error(`${path} has no licence that could be handed on`);
        return `${name} ${version} (${license})\n\n${readFileSync(join(path, file), "utf8").trim()}\n`;
    });
    return `This extension contains the following packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

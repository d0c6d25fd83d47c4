// A registry of npm packages: the .tgz files of a folder, on this machine only. Prints its address, and ends when its standard
// input does: `node registry.js FOLDER`.
"use strict";

const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");

const folder = process.argv[2];
/** What there is, by name and then by version. */
const packages = new Map();

for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
    const archive = path.join(folder, file);
    const manifest = JSON.parse(execFileSync("tar", ["-xzOf", archive, "package/package.json"]));
    const integrity = `sha512-${createHash("sha512").update(fs.readFileSync(archive)).digest("base64")}`;
    const versions = packages.get(manifest.name) ?? {};
    versions[manifest.version] = { ...manifest, dist: { file, integrity } };
    packages.set(manifest.name, versions);
}

const server = http.createServer(({ url, headers }, response) => {
    const name = decodeURIComponent(url.slice(1));
    const archive = /^-\/([^/]+\.tgz)$/.exec(name)?.[1];
    if (archive !== undefined) {
        fs.createReadStream(path.join(folder, archive))
            .on("error", () => response.writeHead(404).end())
            .pipe(response);
    } else if (packages.has(name)) {
        const versions = Object.entries(packages.get(name)).map(([version, { dist, ...manifest }]) => {
            const tarball = `http://${headers.host}/-/${dist.file}`;
            return [version, { ...manifest, dist: { tarball, integrity: dist.integrity } }];
        });
        const latest = versions.at(-1)[0];
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ name, "dist-tags": { latest }, versions: Object.fromEntries(versions) }));
    } else {
        response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
    }
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
process.stdin.resume().on("end", () => process.exit());

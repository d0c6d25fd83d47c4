#!/usr/bin/env node
// Starts the binary of golint-rs that was installed for this system, and is to everybody as if it were that binary: the same
// arguments, streams, exit code and signals. It decides nothing else.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { isatty } = require("node:tty");
const { optionalDependencies } = require("./package.json");

/** Names a binary to start in place of the installed one. */
const OVERRIDE = "GOLINT_RS_BINARY";

/** What golint-rs ends with when it could not start. */
const NOT_STARTED = 2;

/** Signals that a keyboard sends, by Ctrl-C and Ctrl-\. */
const OF_KEYS = ["SIGINT", "SIGQUIT"];
const OTHERS = ["SIGTERM", "SIGHUP"];

const chosen = process.env[OVERRIDE];
const path = chosen || installed();
if (path !== undefined) run(path);

/** The binary in the package for this system; undefined where there is none, which is told then. */
function installed() {
    const system = `${process.platform}-${process.arch}`;
    const name = `@golint-rs/${system}`;
    if (!Object.hasOwn(optionalDependencies, name)) {
        const systems = Object.keys(optionalDependencies).map((other) => other.split("/")[1]);
        fail(
            `there is no binary for ${system}, only for ${systems.join(", ")}`,
            `Build it with Rust, as https://github.com/golint-rs/golint-rs shows, and set ${OVERRIDE} to its path.`,
        );
        return undefined;
    }
    try {
        return require.resolve(`${name}/bin/golint-rs${process.platform === "win32" ? ".exe" : ""}`);
    } catch {
        fail(
            `the package ${name}, which has the binary for this system, is not installed`,
            "Package managers leave it out when they are told to omit optional dependencies, and when they take over the",
            "node_modules or the lock file of another system. Remove both if they come from elsewhere, and install again with",
            "optional dependencies: `npm install --include=optional`, with --global if golint-rs is global.",
            `Or set ${OVERRIDE} to the path of a binary that you have.`,
        );
        return undefined;
    }
}

function run(binary) {
    const env = { ...process.env };
    // Should the variable lead here again, the installed binary is next.
    delete env[OVERRIDE];

    // A key reaches all processes of a terminal, the binary too: it is for the binary to end, and then this ends. Other signals are
    // for this process alone, and handed on, from before there is something that would be left alone.
    const hasKeys = [0, 1, 2].some((descriptor) => isatty(descriptor));
    const told = (error) => {
        const origin = chosen ? `, which ${OVERRIDE} names` : "";
        const cause = error.code === "ENOENT" ? "there is no such file" : error.message;
        fail(`can't start ${binary}${origin}: ${cause}`);
    };
    let child;
    for (const signal of hasKeys ? OTHERS : [...OTHERS, ...OF_KEYS]) process.on(signal, () => child.kill(signal));
    try {
        child = spawn(binary, process.argv.slice(2), { stdio: "inherit", env });
    } catch (error) {
        // Some of what can be wrong is thrown, and some comes later.
        told(error);
        return;
    }
    if (hasKeys) OF_KEYS.forEach((signal) => process.on(signal, () => {}));

    child.on("error", told);
    child.on("exit", (code, signal) => {
        if (signal === null) {
            process.exitCode = code;
            return;
        }
        // Whoever waits for this process sees what ended the binary. The code is for systems that can't tell.
        process.exitCode = 128 + constants.signals[signal];
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
    });
}

function fail(...lines) {
    process.exitCode = NOT_STARTED;
    process.stderr.write(`golint-rs: ${lines.join("\n")}\n`);
}

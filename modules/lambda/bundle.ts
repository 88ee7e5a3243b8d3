import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";

/** Modification time of every entry in an archive, so that the same code gives the same bytes. */
const epoch = new Date("1980-01-01T00:00:00");

/**
 * Bundles a TypeScript handler into one CommonJS file. The AWS SDK stays outside: the Lambda runtime carries it
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html, ADR 11).
 */
export function bundle(entryPoint: string): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: [entryPoint],
    absWorkingDir: dirname(entryPoint),
    bundle: true,
    write: false,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["@aws-sdk/*"],
    logLevel: "silent",
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`${entryPoint} gives no bundle`);
  return output.contents;
}

/** Puts files into a zip archive whose bytes depend on the files alone. */
export function deterministicZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).toSorted(([a], [b]) => a.localeCompare(b));
  return zipSync(Object.fromEntries(entries), { mtime: epoch, level: 9 });
}

/** Writes a handler's deployment package below `directory`, named after its content. @returns its path */
export function writePackage(entryPoint: string, directory: string): string {
  const archive = deterministicZip({ "index.js": bundle(entryPoint) });
  const path = join(directory, `${createHash("sha256").update(archive).digest("hex")}.zip`);
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, archive);
    renameSync(`${path}.${process.pid}`, path);
  }
  return path;
}

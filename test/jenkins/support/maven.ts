import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { download } from "../../../tools/network/download";
import { ToolchainError, reasonOf } from "../../../tools/toolchain/toolchain-error";

/** A file of Maven Central. */
export interface Artifact {
  readonly group: string;
  readonly name: string;
  readonly version: string;
  /** SHA-256 sum in hex. */
  readonly sha256: string;
}

/** Where artifacts may come from; each has a value for this machine. */
export interface Sources {
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

const central = "https://repo.maven.apache.org/maven2";

/** Path of an artifact's jar below any Maven repository. */
export const pathOf = ({ group, name, version }: Artifact): string =>
  `${group.replaceAll(".", "/")}/${name}/${version}/${name}-${version}.jar`;

/** A repository for Maven Central's files: `MAVEN_REPOSITORY_URL`, the mirror in Maven's own settings, else itself. */
export function repositoryUrl({ environment, home }: Sources): string {
  const settings = join(home, ".m2/settings.xml");
  const mirror = existsSync(settings) ? mirrorOfCentral(readFileSync(settings, "utf8")) : undefined;
  return (environment.MAVEN_REPOSITORY_URL ?? mirror ?? central).replace(/\/+$/, "");
}

/** The first mirror of Maven's settings that stands in for Central (https://maven.apache.org/guides/mini/guide-mirror-settings.html). */
export function mirrorOfCentral(settings: string): string | undefined {
  const text = settings.replaceAll(/<!--[\s\S]*?-->/g, "");
  const mirrors = [...text.matchAll(/<mirror>([\s\S]*?)<\/mirror>/g)].map(([, mirror = ""]) => mirror);
  const mirror = mirrors.find((candidate) => covers(element(candidate, "mirrorOf")));
  return mirror === undefined ? undefined : element(mirror, "url");
}

function covers(mirrorOf: string | undefined): boolean {
  const names = (mirrorOf ?? "").split(",").map((name) => name.trim());
  return !names.includes("!central") && names.some((name) => ["*", "external:*", "central"].includes(name));
}

const element = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(text)?.[1];

/**
 * An artifact's bytes, from Maven's local repository where they are there, else downloaded; checked either way.
 * @throws ToolchainError with the remedy when it cannot be had, or is not what it should be
 */
export async function fetchArtifact(artifact: Artifact, sources = thisMachine()): Promise<Uint8Array> {
  const local = join(sources.home, ".m2/repository", pathOf(artifact));
  if (existsSync(local)) {
    const bytes = readFileSync(local);
    if (sumOf(bytes) === artifact.sha256) return bytes;
  }
  const url = `${repositoryUrl(sources)}/${pathOf(artifact)}`;
  try {
    const bytes = await download(url);
    if (sumOf(bytes) === artifact.sha256) return bytes;
    throw new Error(`${url} has SHA-256 ${sumOf(bytes)}, must be ${artifact.sha256}`);
  } catch (error) {
    throw new ToolchainError(
      `${artifact.name} ${artifact.version} could not be had from a Maven repository`,
      [reasonOf(error)],
      "check the network, or set MAVEN_REPOSITORY_URL to a reachable mirror of Maven Central, then run the same command again",
    );
  }
}

export const thisMachine = (): Sources => ({ environment: process.env, home: homedir() });

const sumOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

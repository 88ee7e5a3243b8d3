import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { installOnce } from "../../../tools/toolchain/install-once";
import type { Event, Scenario } from "./events";
import { HarnessProcess } from "./harness-process";
import { findJava } from "./java";
import { fetchArtifact, type Artifact } from "./maven";

const repository = join(__dirname, "../../..");
const cache = join(repository, ".cache/groovy");
const sources = join(repository, "test/jenkins/harness");

/** The Groovy that Jenkins itself runs. */
const groovy: Artifact = {
  group: "org.codehaus.groovy",
  name: "groovy-all",
  version: "2.4.21",
  sha256: "de65260cf2070442e99882f2f3d72e7531725c1e6a257446cc0cea525c607bd0",
};

/** Longest first run: a download and a compilation. */
export const setUpMilliseconds = 6 * 60_000;

/** Class path of Groovy and the compiled harness, made in `.cache/` when they are not there. */
export async function ensureHarness(): Promise<string> {
  const jar = `${groovy.name}-${groovy.version}.jar`;
  const folder = await installOnce(join(cache, groovy.version), async (temporary) => {
    writeFileSync(join(temporary, jar), await fetchArtifact(groovy));
  });
  return [join(folder, jar), await compile(join(folder, jar))].join(delimiter);
}

async function compile(jar: string): Promise<string> {
  const files = readdirSync(sources)
    .filter((name) => name.endsWith(".groovy"))
    .map((name) => join(sources, name));
  const hash = createHash("sha256").update(jar);
  files.forEach((file) => hash.update(file).update(readFileSync(file)));
  return installOnce(join(cache, `harness-${hash.digest("hex").slice(0, 16)}`), async (temporary) => {
    const compiler = "org.codehaus.groovy.tools.FileSystemCompiler";
    await execa(requireJava(), ["-cp", jar, compiler, "-d", temporary, ...files], { stdin: "ignore" });
  });
}

/** Runs a pipeline file over scenarios, on the Groovy that Jenkins runs. @returns what happened, in order */
export async function runPipeline(pipeline: string, scenarios: readonly Scenario[]): Promise<Event[]> {
  return (await harness()).ask({ pipeline, scenarios });
}

/**
 * Runs a Job DSL script.
 * @param files of the seed job's workspace: path to text
 * @returns the jobs that it describes, each as nested calls
 */
export async function runJobDsl(
  jobDsl: string,
  variables: Record<string, string>,
  files: Record<string, string> = {},
): Promise<Event[]> {
  return (await harness()).ask({ jobDsl, variables, files });
}

let started: Promise<HarnessProcess> | undefined;

/** One process answers all requests of a test file: starting Java takes a second. */
const harness = (): Promise<HarnessProcess> =>
  (started ??= ensureHarness().then((classPath) => new HarnessProcess(requireJava(), classPath)));

export async function stopHarness(): Promise<void> {
  const running = started;
  started = undefined;
  await (await running)?.stop();
}

function requireJava(): string {
  const java = findJava();
  if (java === undefined) throw new Error("no Java on this machine");
  return java;
}

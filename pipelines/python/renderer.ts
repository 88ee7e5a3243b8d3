import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { compileHook, repository } from "../../tools/paths";
import { installProgram, rendererFolder, sdkPython } from "../../tools/sagemaker-sdk/environment";
import { itemsOf, valueAt } from "../definition/rendered/json";
import type { Json } from "../definition/values";
import { ModelError } from "../model-error";
import type { PythonContext } from "./context";
import { faultIn } from "./result";
import type { PythonSource } from "./source";

/** Longest time that Python may take, its start and the SDK's included: seconds, but for a machine that many share. */
const timeoutSeconds = 600;

/**
 * Runs a model's Python for some accounts, in a process without this one's variables, credentials or network.
 * @param work folder for what comes out, and for its temporary files
 * @returns what came of each context, as JSON
 * @throws ModelError naming file and line where the model's own code fails
 */
export function runRenderer(
  source: PythonSource,
  contexts: readonly PythonContext[],
  work: string,
): readonly Json[] {
  const python = installed(source);
  const temporary = join(work, "tmp");
  mkdirSync(temporary);
  const request = join(work, "request.json");
  writeFileSync(request, JSON.stringify({ ...source, contexts, repository, output: work }));
  const { status, signal, stderr, error } = spawnSync(python, ["-s", "-m", "mlops_render", request], {
    cwd: rendererFolder,
    env: environment(temporary),
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: timeoutSeconds * 1000,
    killSignal: "SIGKILL",
  });
  const result = join(work, "result.json");
  const file = relative(repository, join(source.folder, source.file));
  if (error && "code" in error && error.code === "ETIMEDOUT")
    throw new ModelError(`${file}: it must be rendered within ${timeoutSeconds} seconds`);
  if (error) throw error;
  if (status !== 0 || !existsSync(result))
    throw new ModelError(`${file}: Python ended with ${signal ?? status}${lastLineOf(stderr)}`);
  return renderedIn(JSON.parse(readFileSync(result, "utf8")) as Json, file);
}

function renderedIn(result: Json, file: string): readonly Json[] {
  const fault = faultIn(result);
  if (!fault) return itemsOf(valueAt(result, "rendered"));
  const place = fault.file === undefined ? file : `${relative(repository, fault.file)}:${fault.line}`;
  throw new ModelError(`${place}: ${fault.message.trim()}`);
}

const lastLineOf = (stderr: string): string => {
  const [last] = stderr.trim().split("\n").slice(-1);
  return last ? `: ${last}` : "";
};

/** What Python gets to know of where it runs. Dictionaries and sets have the same order each time. */
const environment = (temporary: string): NodeJS.ProcessEnv => ({
  PATH: "/usr/bin:/bin",
  HOME: temporary,
  TMPDIR: temporary,
  LANG: "C.UTF-8",
  TZ: "UTC",
  PYTHONHASHSEED: "0",
  SAGEMAKER_SUPPRESS_V2_WARNING: "1",
});

/** The interpreter that has the SDK; brings it where this is the first model to want it. */
function installed({ sdk, model }: PythonSource): string {
  const python = sdkPython(sdk);
  if (existsSync(python)) return python;
  const { status } = spawnSync(process.execPath, ["--require", compileHook, installProgram, sdk], {
    cwd: repository,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status === 0) return python;
  throw new ModelError(
    `pipelines/${model}: SageMaker Python SDK ${sdk} could not be installed, as said above`,
  );
}

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../../../../support/temporary-folder";

const invoker = join(__dirname, "../../../../../emulator/functions/invoke.js");
const sdk = join(__dirname, "../../../../../node_modules");

export interface Call {
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  /** @default 22 */
  readonly node?: number;
}

/** What a function of these files answers to the event `{"n": 2}`, and what it printed. */
export function call({ files, handler = "index.handler", node = 22 }: Call) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, "function", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const [event, answer] = [join(folder, "event.json"), join(folder, "answer.json")];
  writeFileSync(event, JSON.stringify({ n: 2 }));
  const flags = node < 24 ? ["--no-experimental-require-module", "--no-experimental-detect-module"] : [];
  const arn = "arn:aws:lambda:us-east-1:111111111111:function:f";
  const { stdout, status } = spawnSync(
    process.execPath,
    [...flags, invoker, "function", handler, event, answer, arn, "9"],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: 5000,
      env: { AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${node}.x`, AWS_LAMBDA_FUNCTION_NAME: "f", NODE_PATH: sdk },
    },
  );
  const told = existsSync(answer) ? (JSON.parse(readFileSync(answer, "utf8")) as object) : undefined;
  return { told, stdout, status };
}

export const js = (source: string): Call => ({ files: { "index.js": source } });
export const result = (value: unknown) => ({ result: value });
export const error = (errorType: string, errorMessage: unknown) => ({ error: { errorType, errorMessage } });

import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { endProcess } from "../../tools/end-process";
import { cache, compileHook, localAwsFiles, repository } from "../../tools/paths";

export interface RunnerOptions {
  /** Variables that point the AWS SDK at local AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** Python that has the locked requirements. */
  readonly python: string;
  /** Outlive this process, as long as local AWS is up. @default false: end with it, however it ends */
  readonly keep?: boolean;
  /** Folder of step logs. @default .cache/local-aws/logs */
  readonly logs?: string;
  /** Folder of jobs under way. @default .cache/local-aws/jobs */
  readonly scratch?: string;
  /** Gets a line when an execution begins or ends. @default .cache/local-aws/runner.log */
  readonly logFile?: string;
}

/** The worker that runs pipelines beside local AWS. */
export interface Runner {
  readonly pid: number;
  /** Resolves once it has ended, however that came. */
  readonly ended: Promise<void>;
  /** Stops what runs, records it as stopped, and ends. May be called twice. */
  stop(): Promise<void>;
}

const patienceMilliseconds = 60_000;

/**
 * Starts the worker in a process of its own and waits until it takes work.
 * @throws Error with the end of its log where it does not come up
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const logFile = options.logFile ?? join(cache, "local-aws/runner.log");
  mkdirSync(dirname(logFile), { recursive: true });
  const child = launch(options, logFile);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  await ready(child, logFile);
  if (options.keep) {
    child.stdin?.end("stay\n");
    child.stdout?.destroy();
    child.unref();
  }
  return { pid: child.pid ?? 0, ended, stop: () => endProcess(child, patienceMilliseconds) };
}

/** A process group of its own, so that Ctrl-C reaches only us, and the worker can still record what it stops. */
function launch({ environment, python, logs, scratch }: RunnerOptions, logFile: string): ChildProcess {
  const log = openSync(logFile, "a");
  try {
    const folders = ["--logs", logs ?? localAwsFiles.stepLogs, "--scratch", scratch ?? localAwsFiles.jobs];
    return spawn(
      process.execPath,
      ["--require", compileHook, join(__dirname, "main.ts"), "--python", python, ...folders],
      {
        cwd: repository,
        env: { ...process.env, ...environment },
        stdio: ["pipe", "pipe", log],
        detached: true,
      },
    );
  } finally {
    closeSync(log);
  }
}

function ready(child: ChildProcess, logFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", () => {
      resolve();
    });
    child.once("error", reject);
    child.once("exit", () => {
      reject(
        new Error(`The runner did not come up. Its log:\n${readFileSync(logFile, "utf8").slice(-2000)}`),
      );
    });
  });
}

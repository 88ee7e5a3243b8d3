import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { cache } from "../paths";

export interface LocalAwsOptions {
  /** Python that has the locked requirements. */
  readonly python: string;
  /** Account that callers who assume no role stand in. */
  readonly callerAccount: string;
  /** Gets one line for each request. */
  readonly logFile: string;
  /** Outlive this process, until `stopKept`. @default end with it */
  readonly keep?: boolean;
}

/** A whole multi-account AWS on this machine, with all its state in memory. */
export interface LocalAws {
  readonly endpoint: string;
  /** Variables that point Terraform, the AWS CLI and SDKs at it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  stop(): Promise<void>;
}

const readinessMilliseconds = 60_000;
const keptFile = join(cache, "local-aws/pid");

/**
 * Starts local AWS on a free port of 127.0.0.1 and waits until it answers.
 * @throws Error with the end of the log when it does not come up
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  if (options.keep) await stopKept();
  mkdirSync(dirname(options.logFile), { recursive: true });
  const server = launch(options);
  const port = await portOf(server, options.logFile);
  if (options.keep) keep(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    environment: environmentFor(port, options),
    pid: server.pid ?? 0,
    stop: () => stop(server),
  };
}

function launch({ python, callerAccount, logFile, keep }: LocalAwsOptions): ChildProcess {
  const end = keep ? [] : ["--end-with-parent"];
  return spawn(python, ["-m", "mlops_moto", "--caller-account", callerAccount, ...end], {
    cwd: __dirname,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", openSync(logFile, "w")],
    detached: true,
  });
}

/** The server's first line says its port; its end, or a long silence, says that it failed. */
function portOf(server: ChildProcess, logFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      server.kill("SIGKILL");
      reject(new Error(`local AWS ${why}\n${readFileSync(logFile, "utf8").slice(-2000)}`));
    };
    const timer = setTimeout(() => {
      fail(`did not answer within ${readinessMilliseconds / 1000} seconds`);
    }, readinessMilliseconds);
    server.once("error", (error) => {
      fail(`could not be started: ${error.message}`);
    });
    server.once("exit", (code) => {
      fail(`ended with exit code ${code ?? "none"}`);
    });
    if (!server.stdout) return;
    createInterface(server.stdout).once("line", (line) => {
      clearTimeout(timer);
      server.removeAllListeners("exit");
      resolve((JSON.parse(line) as { port: number }).port);
    });
  });
}

function environmentFor(port: number, { callerAccount }: LocalAwsOptions): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: `LOCAL${callerAccount}`,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
  };
}

function keep(server: ChildProcess): void {
  mkdirSync(dirname(keptFile), { recursive: true });
  writeFileSync(keptFile, String(server.pid));
  server.stdin?.end();
  server.stdout?.destroy();
  server.unref();
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) {
      resolve();
      return;
    }
    server.once("exit", () => {
      resolve();
    });
    server.kill("SIGTERM");
  });
}

/**
 * Ends the local AWS that was left up, if one was.
 * @returns whether there was one
 */
export async function stopKept(): Promise<boolean> {
  if (!existsSync(keptFile)) return false;
  const pid = Number(readFileSync(keptFile, "utf8"));
  rmSync(keptFile);
  if (!isLocalAws(pid)) return false;
  process.kill(pid, "SIGTERM");
  while (isLocalAws(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
  return true;
}

/** Whether a process id still belongs to our server, and not to another program that got the number since. */
function isLocalAws(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync("/proc/self") || readFileSync(commandLine, "utf8").includes("mlops_moto");
  } catch {
    return false;
  }
}

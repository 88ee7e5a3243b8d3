import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { endProcess } from "../../tools/end-process";
import { answers } from "../../tools/local-aws/kept";
import { compileHook } from "../../tools/paths";

export interface ServerOptions {
  readonly python: string;
  readonly callerAccount: string;
  readonly logFile: string;
  /** Refuse what policies do not allow. @default everybody may do everything, but for a few checks */
  readonly authorization?: AuthorizationOptions | undefined;
  /** Where functions find what stands on the Internet, by origin: `https://…`. @default where it stands */
  readonly elsewhere?: Readonly<Record<string, string>> | undefined;
}

export interface AuthorizationOptions {
  /** ARNs of roles that may do everything in their accounts, as AWS Organizations makes them. */
  readonly administrators: readonly string[];
  /** File that gets what was needed: a line of JSON for each need that is new. */
  readonly ledger: string;
}

/** A server that answers, and the process it runs in. */
export interface Server extends LocalAwsAddress {
  readonly pid: number;
  readonly process: ChildProcess;
}

const readinessMilliseconds = 60_000;
const endMilliseconds = 5_000;
const logTailCharacters = 2_000;

/**
 * Starts the server and waits until it answers. It ends when its standard input closes, and so with this process.
 * @throws Error with the end of the log where it does not come up
 */
export async function launch(options: ServerOptions): Promise<Server> {
  const child = run(options);
  try {
    const { port, secret } = await withinTime(told(child));
    const server = { endpoint: `http://127.0.0.1:${port}`, secret, pid: child.pid ?? 0, process: child };
    if (!(await answers(server))) throw new Error("does not answer");
    return server;
  } catch (error) {
    child.kill("SIGKILL");
    const log = readFileSync(options.logFile, "utf8").slice(-logTailCharacters);
    throw new Error(`Local AWS ${(error as Error).message}. The end of ${options.logFile}:\n${log}`, {
      cause: error,
    });
  }
}

/** A process group of its own, so that Ctrl-C reaches only us, and Terraform can still save its state. */
function run({ python, callerAccount, logFile, authorization, elsewhere }: ServerOptions): ChildProcess {
  const log = openSync(logFile, "w");
  const settings = ["--caller-account", callerAccount, ...(authorization ? deciding(authorization) : [])];
  try {
    return spawn(python, ["-m", "mlops_moto", "--end-with-parent", ...settings], {
      cwd: __dirname,
      env: { ...serverEnvironment(), ...(elsewhere && { MLOPS_ELSEWHERE: JSON.stringify(elsewhere) }) },
      stdio: ["pipe", "pipe", log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

const deciding = ({ administrators, ledger }: AuthorizationOptions): string[] => [
  ...administrators.flatMap((role) => ["--administrator", role]),
  ...[
    "--authorize",
    process.execPath,
    "--require",
    compileHook,
    join(__dirname, "../authorization/main.ts"),
    ledger,
  ],
];

/**
 * Without the user's own settings for moto, of which MOTO_ACCOUNT_ID would put all accounts into one, and for AWS, of which
 * botocore, in moto, looks for the profile.
 */
export function serverEnvironment(variables = process.env): NodeJS.ProcessEnv {
  const own = Object.entries(variables).filter(([name]) => !/^(MOTO|AWS)_/.test(name));
  return {
    ...Object.fromEntries(own),
    PYTHONPATH: __dirname,
    PYTHONDONTWRITEBYTECODE: "1",
    MLOPS_NODE: process.execPath, // runs functions
  };
}

interface Told {
  readonly port: number;
  readonly secret: string;
}

/** The server binds a port that the system picks, draws a secret, and tells both in its first line. */
function told(child: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(new Error(`could not be started: ${error.message}`));
    });
    child.once("exit", (code, signal) => {
      reject(new Error(`ended before it answered (${signal ?? `exit code ${String(code)}`})`));
    });
    child.stdout?.once("data", (line: Buffer) => {
      resolve(JSON.parse(line.toString()) as Told);
    });
  });
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const late = sleep(readinessMilliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`did not come up within ${readinessMilliseconds / 1000} seconds`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

export const end = (child: ChildProcess): Promise<void> => endProcess(child, endMilliseconds);

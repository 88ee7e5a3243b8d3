import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { LogStream } from "./log-stream";
import { withoutSecrets } from "./secrets";

export interface LoggedRun {
  /** The command and its arguments. */
  readonly command: readonly string[];
  readonly streams: readonly LogStream[];
  readonly out: Writable;
  readonly err: Writable;
  /** Of the command; what it holds that is secret is neither printed nor logged. @default this process's own */
  readonly environment?: NodeJS.ProcessEnv;
  /** How often lines are sent while the command runs. @default 5 seconds */
  readonly everyMilliseconds?: number;
  /** Longest that the last lines may take when the command has ended. @default 30 seconds */
  readonly lastMilliseconds?: number;
}

/**
 * Variables by which Jenkins finds what a build started, to end it: each process at once, and with SIGKILL 5 seconds
 * later. Terraform would then neither save its state nor release its lock, so the command does not get them.
 */
const jenkinsCookies = ["JENKINS_SERVER_COOKIE", "JENKINS_NODE_COOKIE"];

/**
 * Runs a command and sends what it prints to log streams too, as it comes. A signal to stop is the command's to heed.
 * @returns the command's exit code, 128 and the signal's number where a signal ended it, 127 where it does not start
 */
export async function runLogged(run: LoggedRun): Promise<number> {
  const environment = run.environment ?? process.env;
  const child = start(run.command, environment);
  const pass = (signal: NodeJS.Signals): void => {
    signalAll(child, signal);
  };
  const timer = setInterval(() => void flush(run.streams), run.everyMilliseconds ?? 5000);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  try {
    const clean = withoutSecrets(environment);
    const log = (message: string): void => {
      run.streams.forEach((stream) => {
        stream.add({ timestamp: Date.now(), message });
      });
    };
    copy(child.stdout, run.out, clean, log);
    copy(child.stderr, run.err, clean, log);
    return await new Promise((resolve) => {
      child.on("error", (error) => {
        run.err.write(`${run.command.join(" ")} does not start: ${error.message}\n`);
        resolve(127);
      });
      child.on("close", (code, signal) => {
        resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]);
      });
    });
  } finally {
    clearInterval(timer);
    process.off("SIGINT", pass).off("SIGTERM", pass);
    await finish(run);
  }
}

/** In a process group of its own, so that a signal reaches it once: from here. */
function start([file = "", ...args]: readonly string[], environment: NodeJS.ProcessEnv) {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !jenkinsCookies.includes(name)),
  );
  return spawn(file, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

/** npx ends at a signal and does not pass it on, so all that it started gets it. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}

const flush = (streams: readonly LogStream[]): Promise<unknown> =>
  Promise.all(streams.map((stream) => stream.flush()));

/** Sends the last lines, and says which are missing: that is no failure of the command's. */
async function finish({ streams, err, lastMilliseconds = 30_000 }: LoggedRun): Promise<void> {
  await Promise.race([flush(streams), delay(lastMilliseconds, undefined, { ref: false })]);
  streams.forEach(({ missing }) => missing && err.write(`WARNING: ${missing}\n`));
}

/** Line by line, for a secret may come in two pieces. */
function copy(
  source: Readable,
  target: Writable,
  clean: (text: string) => string,
  log: (line: string) => void,
): void {
  let rest = "";
  source.setEncoding("utf8");
  source.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.map(clean).forEach((line) => {
      target.write(`${line}\n`);
      log(line);
    });
  });
  source.on("end", () => {
    target.write(clean(rest));
    log(clean(rest));
  });
}

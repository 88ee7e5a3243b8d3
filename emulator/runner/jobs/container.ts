import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { threadsThatSleep } from "../../../tools/threads";
import { StepFailure } from "../execution/failure";
import { runProcess, type ProcessEnd, type ProcessRun } from "./process";

/** Where every SageMaker container finds and leaves its files. */
export const containerRoot = "/opt/ml";

/** A job's run: `folder` becomes `/opt/ml`; `python3` in the command is the Python given. */
export interface ContainerRun extends ProcessRun {
  readonly python: string;
  /** Whether it reaches nothing over a network. */
  readonly isolated: boolean;
}

const enter = join(__dirname, "enter-opt-ml.sh");
const loopback = ["python3", "-IS", join(__dirname, "loopback.py")] as const;

/** Runs what comes behind it with the folder at `/opt/ml`, and, where isolated, with no network but its own loopback. */
const within = (folder: string, isolated: boolean): string[] => [
  ...["unshare", "--user", "--map-root-user", "--mount", ...(isolated ? ["--net"] : [])],
  ...["sh", enter, folder, ...(isolated ? loopback : [])],
];

/** A path of the container on this machine. */
export const onThisMachine = (folder: string, path: string): string =>
  path === containerRoot || path.startsWith(`${containerRoot}/`)
    ? join(folder, path.slice(containerRoot.length))
    : path;

/**
 * The same for a path that a request names, where files will be put or taken from.
 * @throws StepFailure for a path elsewhere, which would be this machine's own
 */
export function withinContainer(folder: string, path: string | undefined): string {
  const plain = normalize(`${path ?? ""}/`).slice(0, -1);
  if (!plain.startsWith(`${containerRoot}/`))
    throw new StepFailure(`ClientError: LocalPath must be below ${containerRoot}, got: ${path ?? ""}`);
  return onThisMachine(folder, plain);
}

/**
 * Runs a job's command without Docker. On Linux it has its folder at `/opt/ml`, in a mount namespace of its own, so
 * that a script runs as it would in SageMaker's image; where there are no namespaces, paths below `/opt/ml` in the
 * command and its environment are put in the folder instead, and `ML_ROOT` and `PROCESSING_ROOT` say where it is. One that is
 * isolated has no network there, if this machine has networks to give.
 */
export async function runContainer(run: ContainerRun): Promise<ProcessEnd> {
  const environment = baseEnvironment(run.python);
  const isolated = run.isolated && (await hasNamespaces(true, environment));
  if (run.isolated && !isolated) await appendFile(run.logFile, `${notIsolated}\n`);
  const inside =
    isolated || (await hasNamespaces(false, environment)) ? insideNamespace(run, isolated) : mapped(run);
  return runProcess({
    ...run,
    command: inside.command,
    environment: { ...environment, ...inside.environment },
  });
}

/** A line of the log of an isolated job on a machine that has no networks to give. */
export const notIsolated =
  "runner: on SageMaker this job reaches no network; this machine cannot keep it from the network";

type Command = Pick<ContainerRun, "folder" | "command" | "environment">;

const insideNamespace = (
  { folder, command, environment }: Command,
  isolated: boolean,
): Omit<Command, "folder"> => ({
  command: [...within(folder, isolated), ...command],
  environment,
});

/** The command and environment where the folder cannot stand at `/opt/ml`. */
export function mapped({ folder, command, environment }: Command): Omit<Command, "folder"> {
  const local = (value: string) => onThisMachine(folder, value);
  const entries = Object.entries(environment).map(([name, value]) => [name, local(value)] as const);
  const roots = { ML_ROOT: folder, PROCESSING_ROOT: join(folder, "processing") };
  return { command: command.map(local), environment: { ...Object.fromEntries(entries), ...roots } };
}

/** Stands for pip: nothing is installed here, and least of all in the Python of whoever runs this. */
const pipHere = join(__dirname, "../../containers/pip_here");

const baseEnvironment = (python: string): Record<string, string> => ({
  PATH: [join(pipHere, "bin"), dirname(python), process.env.PATH ?? ""].join(delimiter),
  PYTHONPATH: pipHere,
  HOME: process.env.HOME ?? "",
  LANG: "C.UTF-8",
  PYTHONUNBUFFERED: "1",
  PYTHONDONTWRITEBYTECODE: "1",
  ...threadsThatSleep,
});

const namespaces = new Map<boolean, Promise<boolean>>();

/** Whether this machine lets a process have a mount namespace of its own, and a network where isolated; each is asked once. */
function hasNamespaces(isolated: boolean, env: Record<string, string>): Promise<boolean> {
  const known = namespaces.get(isolated) ?? tryNamespace(isolated, env);
  namespaces.set(isolated, known);
  return known;
}

async function tryNamespace(isolated: boolean, env: Record<string, string>): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "mlops-namespace-"));
  try {
    const [file = "", ...args] = within(folder, isolated);
    await promisify(execFile)(file, [...args, "true"], { env });
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.opt`, { recursive: true, force: true });
  }
}

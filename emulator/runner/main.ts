import { parseArgs } from "node:util";
import { ControlPlane } from "./control-plane";
import { Worker } from "./worker";

/** The worker's process: runs pipelines until its standard input closes, a signal comes, or local AWS is gone. */
async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { python: text, logs: text, scratch: text } });
  const { python, logs, scratch } = values;
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: secret } = process.env;
  if (!python || !logs || !scratch || !endpoint || !secret)
    throw new Error("The runner needs local AWS's variables, --python, --logs and --scratch");
  const controlPlane = new ControlPlane({ endpoint, secret }, `worker-${process.pid}`);
  const worker = new Worker({
    controlPlane,
    python,
    logs,
    scratch,
    report: (line) => {
      console.error(`${new Date().toISOString()} ${line}`);
    },
    ready: () => {
      console.log("ready");
    },
  });
  await worker.work(endOfProcess());
}

/** Aborts on SIGTERM, on SIGINT, and when standard input closes before a line that says to stay. */
function endOfProcess(): AbortSignal {
  const end = new AbortController();
  const abort = () => {
    end.abort();
  };
  process.once("SIGTERM", abort);
  process.once("SIGINT", abort);
  let stay = false;
  process.stdin.once("data", () => {
    stay = true;
  });
  process.stdin.once("end", () => {
    if (!stay) abort();
  });
  return end.signal;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

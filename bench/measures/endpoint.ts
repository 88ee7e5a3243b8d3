import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "node:http";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { execa } from "execa";
import { create } from "tar";
import { scoreRows } from "../../operate/scoring";
import { benchFolder, type Measure } from "../bench";
import { serveLocally } from "../endpoint/served-locally";
import { ServingProgram } from "../endpoint/serving-program";
import { slower } from "../figures";
import { takeTurns } from "../rounds";
import type { Figure, Row, Unit } from "../row";
import { quantile } from "../statistics";
import type { Timing } from "../timing";

const row = "0.1,0.2,0.3";
const clients = 8;

/** Latencies of invocations in milliseconds, one after the other, and how many a second there were from several clients at once. */
interface Invocations extends Timing {
  readonly milliseconds: readonly number[];
  readonly perSecond: number;
}

/**
 * Invocations of an endpoint of local AWS, with signatures, policies and the model's answer, and the same rows given to the very serving program.
 */
export const measureEndpoint: Measure = async ({ quick, tools, say }) => {
  const folder = mkdtempSync(join(tmpdir(), "bench-endpoint-"));
  const model = join(folder, "model");
  await execa(tools.python, [join(__dirname, "../programs/small_model.py"), model]);
  await create({ gzip: true, cwd: model, file: join(folder, "model.tar.gz") }, ["xgboost-model"]);
  const program = await ServingProgram.start(tools.python, folder);
  const local = await serveLocally(tools.python, readFileSync(join(folder, "model.tar.gz")), benchFolder);
  try {
    const count = quick ? 40 : 200;
    const agent = new Agent({ keepAlive: true });
    const turns = await takeTurns(
      {
        endpoint: () => invocations(count, () => invoked(local.runtime, local.endpoint)),
        program: () => invocations(count, () => program.score(row, agent)),
      },
      { count: quick ? 3 : 7, say },
    );
    agent.destroy();
    return rowsOf(turns.endpoint, turns.program);
  } finally {
    await Promise.all([local.stop(), program.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
};

const invoked = async (runtime: SageMakerRuntimeClient, endpoint: string): Promise<void> => {
  await scoreRows(runtime, endpoint, [row]);
};

async function invocations(count: number, invoke: () => Promise<void>): Promise<Invocations> {
  const started = performance.now();
  const milliseconds: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const before = performance.now();
    await invoke();
    milliseconds.push(performance.now() - before);
  }
  const between = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let each = 0; each < count / clients; each += 1) await invoke();
    }),
  );
  const ended = performance.now();
  return {
    seconds: (ended - started) / 1000,
    cpuSeconds: undefined,
    milliseconds,
    perSecond: count / ((ended - between) / 1000),
  };
}

/** A row for each figure. */
export function rowsOf(endpoint: readonly Invocations[], program: readonly Invocations[]): Row[] {
  const figures: readonly (readonly [string, Unit, (round: Invocations) => number])[] = [
    ["p50", "ms", ({ milliseconds }) => quantile(milliseconds, 0.5)],
    ["p99", "ms", ({ milliseconds }) => quantile(milliseconds, 0.99)],
    [`${clients} clients`, "1/s", ({ perSecond }) => perSecond],
  ];
  return figures.map(([name, unit, figure]): Row => {
    const of = (label: string, rounds: readonly Invocations[]): Figure => ({
      label: `${label}, ${name}`,
      unit,
      rounds: rounds.map(figure),
    });
    const ours = of("an endpoint of local AWS, policies enforced", endpoint);
    const baseline = of("its serving program, called directly", program);
    return {
      measure: "endpoint",
      what: `invocations of one row, ${name}`,
      ...{ ours, baseline, ratio: slower(ours, baseline) },
    };
  });
}

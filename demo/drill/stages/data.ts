import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataObjects, makeDataSets, uploadDataSets } from "../../../operate/data-sets";
import type { DrillContext } from "../context";

/** Makes the four files; development gets the first training file, production all of them. */
export async function makeData({
  stages,
  python,
  participants,
  development,
  production,
}: DrillContext): Promise<void> {
  const { dataSets } = participants.model.demo;
  await stages.run("Make the data", async () => {
    const out = await mkdtemp(join(tmpdir(), "mlops-data-"));
    try {
      const lines = await makeDataSets({ python, dataSets, out });
      for (const [{ clients, context }, which] of [
        [development, "first"],
        [production, "all"],
      ] as const)
        await uploadDataSets(clients.s3, context.dataBucket, out, dataObjects(dataSets, which));
      return { verdict: lines.map((line) => line.replace(`${out}/`, "")).join(", "), result: undefined };
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  });
}

import type { Appliers } from "../../../demo/appliers";
import { Stages } from "../../../demo/drill/stage";
import { StackStages } from "../../../demo/stack-stages";
import type { StackDescription } from "../../../stacks/list";

const stack = { id: "dev-foundation" } as StackDescription;
const appliers = { of: () => Promise.resolve([]) } as unknown as Appliers;

test("what was interrupted is not said to be applied, and nothing else begins", async () => {
  const interrupt = new AbortController();
  interrupt.abort(new Error("interrupted"));
  const stages = new Stages(() => undefined);
  const { signal } = interrupt;
  const deployment = new StackStages(stages, appliers, appliers, signal, () => undefined);
  const waves = ["foundations", "models"].map((title) => ({ title, stacks: [] }));
  await expect(deployment.deploy(waves)).rejects.toThrow("interrupted");
  await expect(deployment.planAgain([stack], "Plan again what stands")).rejects.toThrow("interrupted");
  expect(stages.done.map(({ name, status }) => [name, status])).toEqual([
    ["Plan and apply foundations", "failed"],
    ["Plan again what stands", "failed"],
  ]);
});

import { teardownWavesOf, wavesOf } from "../../../../deploy/estate/waves";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { changedEstate, changes } from "../../../support/changed-estate";
import { readEstate } from "../../../support/estate";

test("models come last, because AWS passes a role only once it stands; all else goes side by side", () => {
  const waves = wavesOf(listStacks(readEstate(), models)).map(({ stacks }) => stacks.map(({ kind }) => kind));
  expect(waves.map((kinds) => new Set(kinds))).toEqual([
    new Set(["state", "foundation", "ci", "registry"]),
    new Set(["model"]),
  ]);
});

test("state buckets are torn down last, because they hold every other stack's state", () => {
  const waves = teardownWavesOf(listStacks(readEstate(), models));
  expect(new Set(waves.at(-1)?.stacks.map(({ kind }) => kind))).toEqual(new Set(["state"]));
  expect(new Set(waves[0]?.stacks.map(({ kind }) => kind))).toEqual(new Set(["model"]));
});

test("a network comes before what is put in it, and goes after", () => {
  const { estate, models: known } = changedEstate(changes["a network asked for"]);
  const stacks = listStacks(estate, known);
  const at = (waves: ReturnType<typeof wavesOf>, kind: string): number =>
    waves.findIndex((wave) => wave.stacks.some((stack) => stack.kind === kind));
  const [up, down] = [wavesOf(stacks), teardownWavesOf(stacks)];
  const kinds = ["network", "foundation", "model", "state"];
  expect(kinds.map((kind) => at(up, kind))).toEqual([0, 1, 2, 1]);
  expect(kinds.map((kind) => at(down, kind))).toEqual([2, 1, 0, 3]);
});

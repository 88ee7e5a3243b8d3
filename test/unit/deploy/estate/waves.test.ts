import { teardownWavesOf, wavesOf } from "../../../../deploy/estate/waves";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
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

import { wavesOf } from "../../../deploy/estate/waves";
import { models } from "../../../pipelines";
import { listStacks } from "../../../stacks/list";
import { readEstate } from "../../support/estate";

test("models come last, because AWS passes a role only once it stands; all else goes side by side", () => {
  const waves = wavesOf(listStacks(readEstate(), models)).map(({ stacks }) => stacks.map(({ kind }) => kind));
  expect(waves.map((kinds) => new Set(kinds))).toEqual([
    new Set(["state", "foundation", "ci", "registry"]),
    new Set(["model"]),
  ]);
});

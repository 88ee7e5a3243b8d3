import { setTimeout as sleep } from "node:timers/promises";
import { failuresOf, StackRunner, valuesOf } from "../../../../deploy/estate/stack-runner";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const parallel = 4;
const stacks = listStacks(readEstate(), models);
const [first, second, third] = stacks;
if (!first || !second || !third) throw new Error("the tests' estate has stacks");

let said: string[];
let stop: AbortController;
let runner: StackRunner;
let printed: jest.SpyInstance[];
beforeEach(() => {
  said = [];
  stop = new AbortController();
  runner = new StackRunner(stop.signal, (line) => said.push(line), parallel);
  printed = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockReturnValue(true),
  );
});
afterEach(() => {
  jest.restoreAllMocks();
});

const itself = (text: string): string => text;

test("says in plain lines what each stack does and what came of it, and prints nothing else", async () => {
  await runner.each(
    [first],
    (_, report) => {
      report("planning");
      return Promise.resolve(0);
    },
    (pending) => `${pending} pending`,
  );
  expect(said).toEqual([`  ${first.id}: planning`, `  ${first.id}: 0 pending`]);
  for (const write of printed) expect(write).not.toHaveBeenCalled();
});

test("a stack that fails leaves its neighbours running; the results keep the order of the stacks", async () => {
  const results = await runner.each(
    [first, second, third],
    async (stack) => {
      if (stack === second) throw new Error("no bucket");
      await sleep(stack === first ? 20 : 1);
      return stack.id;
    },
    () => "done",
  );
  expect(results).toMatchObject([
    { stack: first, outcome: "succeeded", value: first.id },
    { stack: second, outcome: "failed", reason: "no bucket" },
    { stack: third, outcome: "succeeded", value: third.id },
  ]);
  expect(valuesOf(results)).toEqual([first.id, third.id]);
  expect(failuresOf(results)).toEqual([{ stack: second.id, reason: "no bucket" }]);
  expect(said).toEqual([`  ${second.id}: failed`, `  ${third.id}: done`, `  ${first.id}: done`]);
});

test("after an interrupt what is under way is interrupted, what ends well is not, and no more is begun", async () => {
  const begun: string[] = [];
  const many = Array.from({ length: parallel + 2 }, () => stacks).flat();
  const results = await runner.each(
    many,
    async (stack) => {
      begun.push(stack.id);
      if (begun.length === 2) stop.abort();
      const ends = begun.length === 1;
      await sleep(20);
      if (ends) return "done";
      throw new Error("interrupted");
    },
    itself,
  );
  expect(begun.length).toBeLessThanOrEqual(parallel + 1);
  expect(results.map(({ outcome }) => outcome)).toEqual([
    "succeeded",
    ...begun.slice(1).map(() => "interrupted"),
    ...many.slice(begun.length).map(() => "not begun"),
  ]);
  expect(failuresOf(results)).toEqual([]);
  expect(said).toContain(`  ${begun[0] ?? ""}: done`);
});

test("no more go side by side than there is room for", async () => {
  let running = 0;
  let most = 0;
  const many = Array.from({ length: 3 }, () => stacks).flat();
  await runner.each(
    many,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
      return "done";
    },
    itself,
  );
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(parallel);
});

test("says how many seconds a stack took", async () => {
  const [result] = await runner.each([first], () => sleep(50, "done"), itself);
  expect(result).toMatchObject({ outcome: "succeeded", seconds: expect.any(Number) as number });
  const seconds = result?.outcome === "succeeded" ? result.seconds : 0;
  expect(seconds).toBeGreaterThan(0.04);
});

test("by default it speaks on standard error", async () => {
  await new StackRunner(stop.signal).each([first], () => Promise.resolve("done"), itself);
  const [out, err] = printed;
  expect(out).not.toHaveBeenCalled();
  expect(err).toHaveBeenCalledWith(`  ${first.id}: done\n`);
});

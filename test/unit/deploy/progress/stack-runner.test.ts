import { setTimeout as sleep } from "node:timers/promises";
import { parallelRuns } from "../../../../deploy/estate/parallelism";
import { StackRunner } from "../../../../deploy/progress/stack-runner";
import { models } from "../../../../pipelines";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";

const stacks = listStacks(readEstate(), models);
const [first, second, third] = stacks;
if (!first || !second || !third) throw new Error("the shipped estate has stacks");

let said: string[];
let stop: AbortController;
let runner: StackRunner;
let printed: jest.SpyInstance[];
beforeEach(() => {
  said = [];
  stop = new AbortController();
  runner = new StackRunner(stop.signal, (line) => said.push(line));
  printed = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockReturnValue(true),
  );
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("says in plain lines what each stack does and what came of it, and prints nothing else", async () => {
  await runner.each([first], (_, report) => {
    report("planning");
    return Promise.resolve("nothing pending");
  });
  expect(said).toEqual([`  ${first.id}: planning`, `  ${first.id}: nothing pending`]);
  for (const write of printed) expect(write).not.toHaveBeenCalled();
});

test("a stack that fails leaves its neighbours running, and its reason is kept", async () => {
  await runner.each([first, second, third], async (stack) => {
    if (stack === second) throw new Error("no bucket");
    await sleep(20);
    return "done";
  });
  expect(runner.failures).toEqual([{ stack: second.id, reason: "no bucket" }]);
  expect(said).toEqual([`  ${second.id}: failed`, `  ${first.id}: done`, `  ${third.id}: done`]);
  expect(runner.interrupted).toEqual([]);
});

test("failures of one action after another add up", async () => {
  const failing = () => Promise.reject(new Error("no"));
  await runner.each([first], failing);
  await runner.each([second], failing);
  expect(runner.failures.map(({ stack }) => stack)).toEqual([first.id, second.id]);
});

test("after an interrupt what is under way is said to be interrupted, what ends well is not, and no more is begun", async () => {
  const begun: string[] = [];
  const many = Array.from({ length: parallelRuns() + 2 }, () => stacks).flat();
  await runner.each(many, async (stack) => {
    begun.push(stack.id);
    if (begun.length === 2) stop.abort();
    const ends = begun.length === 1;
    await sleep(20);
    if (ends) return "done";
    throw new Error("interrupted");
  });
  expect(begun.length).toBeLessThanOrEqual(parallelRuns() + 1);
  expect(begun.length).toBeLessThan(many.length);
  expect(runner.interrupted).toEqual(begun.slice(1));
  expect(runner.failures).toEqual([]);
  expect(said).toContain(`  ${begun[0] ?? ""}: done`);
});

test("no more go side by side than the machine has room for", async () => {
  let running = 0;
  let most = 0;
  const many = Array.from({ length: 3 }, () => stacks).flat();
  await runner.each(many, async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
    return "done";
  });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(parallelRuns());
});

test("times each stack's first action, in seconds", async () => {
  const start = performance.now();
  await runner.each([first], () => sleep(50, "done"));
  const seconds = runner.seconds.get(first.id);
  expect(seconds).toBeGreaterThan(0.04);
  expect(seconds).toBeLessThanOrEqual((performance.now() - start) / 1000);
  await runner.each([first], () => Promise.resolve("again"));
  expect(runner.seconds.get(first.id)).toBe(seconds);
});

test("by default it speaks on standard error", async () => {
  await new StackRunner(stop.signal).each([first], () => Promise.resolve("done"));
  const [out, err] = printed;
  expect(out).not.toHaveBeenCalled();
  expect(err).toHaveBeenCalledWith(`  ${first.id}: done\n`);
});

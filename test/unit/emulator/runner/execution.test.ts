import { setTimeout as sleep } from "node:timers/promises";
import { Callbacks } from "../../../../emulator/runner/execution/callbacks";
import { Semaphore } from "../../../../emulator/runner/execution/semaphore";
import { StepJournal } from "../../../../emulator/runner/execution/step-journal";
import type { ControlPlane, StepRecord } from "../../../../emulator/runner/control-plane";

test("no more work at a time than there are slots, in the order it came, even where some fails", async () => {
  const slots = new Semaphore(2);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const work = (number: number) => async () => {
    begun.push(number);
    most = Math.max(most, (now += 1));
    await sleep(5);
    now -= 1;
    if (number === 1) throw new Error("one fails");
    return number;
  };
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => slots.use(work(number))));
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    ...Array<string>(3).fill("fulfilled"),
  ]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("an answer reaches the callback with its token, and no other", async () => {
  const callbacks = new Callbacks();
  const never = new AbortController().signal;
  const [first, second] = [callbacks.answerTo("1", never), callbacks.answerTo("2", never)];
  const answer = (token: string) => ({ token, status: "Success", outputs: [] }) as const;
  callbacks.answer(answer("3"));
  callbacks.answer(answer("2"));
  await expect(second).resolves.toEqual(answer("2"));
  callbacks.answer(answer("1"));
  await expect(first).resolves.toEqual(answer("1"));
});

test("a callback waits no longer than its signal lets it", async () => {
  const callbacks = new Callbacks();
  const stop = new AbortController();
  const waiting = callbacks.answerTo("1", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  await expect(callbacks.answerTo("2", stop.signal)).rejects.toThrow("stopped");
});

test("a step's records come one after another, and keep what was said before", async () => {
  const recorded: StepRecord[] = [];
  const recordStep = async (_: string, step: StepRecord) => {
    await sleep(recorded.length === 0 ? 20 : 0);
    recorded.push(step);
    if (step.StepStatus === "Executing") throw new Error("lost");
  };
  const definition = { Name: "A", Type: "Fail", DisplayName: "The end", Arguments: {} };
  const journal = new StepJournal(definition, "arn", { recordStep } as unknown as ControlPlane);
  const records = [
    journal.record({ StepStatus: "Starting", AttemptCount: 1 }),
    journal.record({ StepStatus: "Executing", Metadata: { x: 1 } }),
    journal.end({ StepStatus: "Failed", FailureReason: "enough" }),
  ];
  await expect(Promise.all(records)).rejects.toThrow("lost");
  await records[2];
  expect(recorded.map(({ StepStatus }) => StepStatus)).toEqual(["Starting", "Executing", "Failed"]);
  expect(recorded.at(-1)).toEqual({
    StepName: "A",
    StepType: "Fail",
    StepDisplayName: "The end",
    StepStatus: "Failed",
    AttemptCount: 1,
    Metadata: { x: 1 },
    FailureReason: "enough",
    StartTime: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    EndTime: expect.stringMatching(/^\d{4}-.*Z$/) as string,
  });
});

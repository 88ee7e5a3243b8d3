import { poll, pollDuring } from "../../../tools/poll";

/** Answers from the given time on that it is asked. */
function answering(from: number) {
  const asked = { times: 0 };
  const ask = () => (++asked.times >= from ? `answer ${asked.times}` : undefined);
  return { asked, ask };
}

test("asks until there is an answer, and no more", async () => {
  const { asked, ask } = answering(3);
  expect(await poll(ask, { everyMilliseconds: 1 })).toBe("answer 3");
  expect(asked.times).toBe(3);
});

test("without an answer in time there is none, however short the time", async () => {
  const { asked, ask } = answering(Infinity);
  expect(await poll(ask, { everyMilliseconds: 1, withinMilliseconds: 0 })).toBeUndefined();
  expect(asked.times).toBe(1);
});

test("an abort ends a pause at once, and asks no more", async () => {
  const { asked, ask } = answering(Infinity);
  const abort = new AbortController();
  const polling = poll(ask, { everyMilliseconds: 3_600_000, signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(polling).rejects.toThrow("enough");
  expect(asked.times).toBe(1);
});

test("a failure to ask is a failure", async () => {
  await expect(poll(() => Promise.reject(new Error("no")), { everyMilliseconds: 1 })).rejects.toThrow("no");
});

test("asks no more once something else has ended, and fails as that does", async () => {
  const { asked, ask } = answering(Infinity);
  await pollDuring(Promise.resolve(), ask, { everyMilliseconds: 3_600_000 });
  const fails = pollDuring(Promise.reject(new Error("it failed")), ask, { everyMilliseconds: 3_600_000 });
  await expect(fails).rejects.toThrow("it failed");
  expect(asked.times).toBe(2);
});

test("an answer ends it while that goes on", async () => {
  const { asked, ask } = answering(3);
  await pollDuring(new Promise(() => undefined), ask, { everyMilliseconds: 1 });
  expect(asked.times).toBe(3);
});

import { assertThat, Stages } from "../../../../demo/drill/stage";

test("a stage keeps its time and verdict, and tells of both", async () => {
  const lines: string[] = [];
  const stages = new Stages((line) => lines.push(line));
  expect(await stages.run("Count", () => Promise.resolve({ verdict: "three rows", result: 3 }))).toBe(3);
  expect(stages.done).toEqual([
    {
      name: "Count",
      status: "passed",
      verdict: "three rows",
      seconds: expect.any(Number) as number,
      startedAfter: expect.any(Number) as number,
    },
  ]);
  expect(lines[0]).toBe("▸ Count");
  expect(lines[1]).toMatch(/^✓ Count: three rows \(\d+\.\d s\)$/);
});

test("a stage whose condition does not hold fails with the reason, and the run with it", async () => {
  const stages = new Stages(() => undefined);
  const failing = stages.run("Count", () => {
    assertThat(false, "only two rows");
    return Promise.resolve({ verdict: "", result: undefined });
  });
  await expect(failing).rejects.toThrow("only two rows");
  expect(stages.done).toMatchObject([{ name: "Count", status: "failed", verdict: "only two rows" }]);
});

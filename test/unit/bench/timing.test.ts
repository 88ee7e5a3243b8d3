import { canLookInside } from "../../../bench/process-tree";
import { run } from "../../../bench/timing";

const node = (script: string, more: object = {}) => ({
  program: process.execPath,
  args: ["--eval", script],
  directory: __dirname,
  ...more,
});

test("a run is timed from start to exit, and what it printed is kept", async () => {
  const { seconds, stdout } = await run(
    node("setTimeout(() => console.log(process.env.BENCH), 200)", { environment: { BENCH: "yes" } }),
  );
  expect(seconds).toBeGreaterThan(0.2);
  expect(stdout).toBe("yes");
});

test("settings of the caller's that would change the figures do not reach a run", async () => {
  process.env.GOGC = "50";
  try {
    expect((await run(node("console.log(process.env.GOGC)"))).stdout).toBe("undefined");
  } finally {
    delete process.env.GOGC;
  }
});

test("a run that fails is no figure, and says what the program said", async () => {
  const failing = node("console.error('no such stack'); process.exitCode = 3");
  await expect(run(failing)).rejects.toThrow(/exit code 3[^]*no such stack/);
  await expect(run({ ...failing, accepted: [3] })).resolves.toBeDefined();
});

(canLookInside ? test : test.skip)(
  "memory and processor time are those of the whole process tree",
  async () => {
    const hungry = `const { spawnSync } = require("node:child_process");
    const child = "const b = Buffer.alloc(200e6, 1); while (process.cpuUsage().user < 400e3); b.length";
    spawnSync(process.execPath, ["--eval", child]);`;
    const { peakBytes, cpuSeconds } = await run(node(hungry), true);
    expect(peakBytes).toBeGreaterThan(200e6);
    expect(cpuSeconds).toBeGreaterThan(0.3);
  },
);

import { spawn } from "node:child_process";
import { once } from "node:events";
import { endProcess } from "../../../tools/end-process";

/** A process that has said that it is ready. */
async function running(program: string) {
  const child = spawn(process.execPath, [
    "-e",
    `${program}; console.log("ready"); setInterval(() => {}, 1e6)`,
  ]);
  await once(child.stdout, "data");
  return child;
}

test("a process that minds is asked, and gone when this returns", async () => {
  const child = await running('process.on("SIGTERM", () => process.exit(7))');
  await endProcess(child, 600_000);
  expect(child.exitCode).toBe(7);
  await endProcess(child, 600_000); // and again
});

test("one that does not mind is killed", async () => {
  const child = await running('process.on("SIGTERM", () => {})');
  await endProcess(child, 10);
  expect(child.signalCode).toBe("SIGKILL");
});

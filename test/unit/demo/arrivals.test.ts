import { Arrivals } from "../../../demo/arrivals";
import type { StackDescription } from "../../../stacks/list";

const stack = (id: string, name: string) => ({ id, environment: { name } }) as StackDescription;
const [train, serve, prod] = [stack("dev-a", "dev"), stack("dev-b", "dev"), stack("prod-a", "prod")];
const { signal } = new AbortController();
const never = new Promise<void>(() => undefined);

test("an environment has come with the last of its stacks, whatever others still wait for", async () => {
  const arrivals = new Arrivals([train, serve, prod], signal);
  let came = false;
  const coming = arrivals.in("dev", never).then(() => (came = true));
  arrivals.add(train);
  await Promise.resolve();
  expect(came).toBe(false);
  arrivals.add(serve);
  await coming;
});

test("an apply that fails has nobody wait, and one that ends has applied whatever there was to apply", async () => {
  const arrivals = new Arrivals([train], signal);
  await expect(arrivals.in("dev", Promise.reject(new Error("no such role")))).rejects.toThrow("no such role");
  await arrivals.in("dev", Promise.resolve());
});

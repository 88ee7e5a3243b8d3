type Prepare = (environment: Record<string, string | undefined>) => void;
interface Elsewhere {
  readonly redirectElsewhere: Prepare;
  readonly refuseUnreachable: Prepare;
}

const { redirectElsewhere, refuseUnreachable } = jest.requireActual<Elsewhere>(
  "../../../../emulator/functions/elsewhere",
);
const { fetch } = globalThis;
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  globalThis.fetch = (resource) => (
    asked.push((resource as URL).toString()),
    Promise.resolve(new Response())
  );
});
afterEach(() => {
  globalThis.fetch = fetch;
});

test("a function finds elsewhere what is said to be there, and sees no trace of it", async () => {
  const environment: Record<string, string | undefined> = {
    MLOPS_ELSEWHERE: JSON.stringify({ "https://ci.example.com": "http://127.0.0.1:4711/" }),
  };
  redirectElsewhere(environment);
  expect(environment).toEqual({});
  await globalThis.fetch("https://ci.example.com/job/deploy/api/json?tree=a");
  await globalThis.fetch("https://other.example.com/job");
  expect(asked).toEqual([
    "http://127.0.0.1:4711/job/deploy/api/json?tree=a",
    "https://other.example.com/job",
  ]);
});

test("without it everything is where it stands", async () => {
  redirectElsewhere({});
  await globalThis.fetch("https://ci.example.com/");
  expect(asked).toEqual(["https://ci.example.com/"]);
});

test("what is not reached from its network is refused, with the reason", async () => {
  jest.spyOn(console, "error").mockImplementation();
  const reasons = { "https://git.example.com": null, "*": "no route" };
  const environment: Record<string, string | undefined> = { MLOPS_OUT_OF_REACH: JSON.stringify(reasons) };
  refuseUnreachable(environment);
  expect(environment).toEqual({});
  await globalThis.fetch("https://git.example.com/churn.git");
  await globalThis.fetch("http://127.0.0.1:4711/");
  expect(asked).toEqual(["https://git.example.com/churn.git", "http://127.0.0.1:4711/"]);
  await expect(globalThis.fetch("https://other.example.com/")).rejects.toMatchObject({
    message: "fetch failed",
    cause: { message: "no route" },
  });
});

test("what is reached everywhere is fetched as it is", () => {
  const before = globalThis.fetch;
  refuseUnreachable({ MLOPS_OUT_OF_REACH: JSON.stringify({ "*": null }) });
  refuseUnreachable({});
  expect(globalThis.fetch).toBe(before);
});

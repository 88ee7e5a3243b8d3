interface Elsewhere {
  readonly redirectElsewhere: (environment: Record<string, string | undefined>) => void;
}

const { redirectElsewhere } = jest.requireActual<Elsewhere>("../../../../emulator/functions/elsewhere");
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

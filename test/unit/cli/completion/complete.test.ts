import { mlops } from "../support";

/** Candidates for the last word. */
async function candidates(...words: readonly string[]): Promise<string[]> {
  const { code, out, err } = await mlops("__complete", { rest: ["--", ...words] });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out.split("\n").flatMap((line) => (line === "" ? [] : (line.split("\t")[0] ?? [])));
}

test.each([
  [["pl"], ["plan"]],
  [
    ["pipelines", "s"],
    ["start", "show", "stop"],
  ],
  [["pipelines", "start", "p"], ["prod"]],
  [
    ["pipelines", "start", "dev", ""],
    ["train", "inference"],
  ],
  [["--json", "pipelines", "start", "dev", "t"], ["train"]],
  [
    ["pipelines", "show", "prod/"],
    ["prod/train", "prod/inference"],
  ],
  [["models", "show", "prod", ""], ["mammo-severity"]],
  [
    ["plan", "prod-"],
    ["prod-state", "prod-foundation", "prod-mammo-severity"],
  ],
  [["plan", "prod-state", "dev-f"], ["dev-foundation"]],
  [["plan", "--out", "plan", "dev-f"], ["dev-foundation"]],
  [["apply", "--account", "2"], ["222222222222"]],
  [["plan", "--aff"], ["--affected"]],
  [["plan", "--mark"], ["--markdown"]],
  [["plan", "--loc"], ["--local"]],
  [["data", "prepare", "--upload", "d"], ["dev"]],
  [["data", "prepare", "--upload=d"], ["--upload=dev"]],
  [["data", "prepare", "--upload", "=", "d"], ["dev"]],
  [
    ["data", "prepare", "--upload", "="],
    ["dev", "jenkins", "prod", "registry"],
  ],
  [["local", "fire", ""], ["mammo-severity-inference-schedule"]],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["apply", "--from", ""], []],
  [["nonsense", ""], []],
  [["doctor", ""], []],
])("%j may become %j", async (words, wanted) => {
  expect(await candidates(...words)).toEqual(wanted);
});

test("commands come with what they do", async () => {
  const { out } = await mlops("__complete", { rest: ["--", "val"] });
  expect(out).toMatch(/^validate\tCheck the environment files/);
});

test("stack ids are those of the environment files that the line names", async () => {
  expect(await candidates("--environments", "/nowhere", "plan", "")).toEqual([]);
  expect(await candidates("--environments", "/nowhere", "pl")).toEqual(["plan"]);
});

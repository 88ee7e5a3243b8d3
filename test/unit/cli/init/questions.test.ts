import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askForWanted } from "../../../../cli/init/questions";
import type { Wanted } from "../../../../cli/init/wanted";
import { estateFolder } from "../../../support/environments";

const nothing: Wanted = {
  project: undefined,
  owner: undefined,
  region: undefined,
  adminRole: undefined,
  registry: undefined,
  workloads: [],
  ci: undefined,
  emails: [],
  models: ["churn"],
};

let empty: string;
beforeEach(() => {
  empty = mkdtempSync(join(tmpdir(), "init-questions-"));
});
afterEach(() => {
  rmSync(empty, { recursive: true });
});

/** Answers questions by a word in them, each answer in turn; "" where there is none. */
function person(answers: Readonly<Record<string, string | readonly string[]>>) {
  const asked: string[] = [];
  const left = new Map(Object.entries(answers).map(([word, given]) => [word, [given].flat()]));
  const ask = (question: string) => {
    asked.push(question);
    const word = [...left.keys()].find((known) => question.includes(known)) ?? "";
    return Promise.resolve(left.get(word)?.shift() ?? "");
  };
  return { ask, asked };
}

const ids = { "of dev": "321098765432", "of prod": "432109876543", "model registry": "210987654321" };

test("Enter takes what is suggested; models go from each environment to the next", async () => {
  const { ask } = person(ids);
  const { wanted } = await askForWanted(ask, { wanted: nothing, force: false, directory: empty });
  expect(wanted).toMatchObject({
    project: "mlops",
    owner: "ml-platform",
    registry: { name: "registry", account: "210987654321" },
    workloads: [
      { name: "dev", account: "321098765432", other: "prod" },
      { name: "prod", account: "432109876543", other: undefined },
    ],
    ci: undefined,
    emails: [],
    models: ["churn"],
  });
});

test("an answer that the checker would refuse is asked for again, with the reason", async () => {
  const { ask, asked } = person({
    ...ids,
    "of dev": ["1234", "321098765432"],
    "for alerts": ["me", "a@b.example"],
  });
  const { wanted } = await askForWanted(ask, { wanted: nothing, force: false, directory: empty });
  expect(wanted).toMatchObject({ workloads: [{ account: "321098765432" }, {}], emails: ["a@b.example"] });
  expect(asked).toContainEqual(expect.stringContaining("It must be 12 digits in quotes"));
  expect(asked).toContainEqual(expect.stringContaining("It must be an e-mail address"));
});

test("what an option gave is not asked for", async () => {
  const { ask, asked } = person(ids);
  const given = { ...nothing, project: "churn", owner: "data", region: "eu-west-1", emails: ["a@b.example"] };
  const { wanted } = await askForWanted(ask, { wanted: given, force: false, directory: empty });
  expect(wanted).toMatchObject({ project: "churn", region: "eu-west-1" });
  expect(asked.join()).not.toMatch(/Project|Team|region|alerts/);
});

describe("where the shipped example is there", () => {
  const asking = (answer: string) =>
    askForWanted(person({ ...ids, Replace: answer }).ask, {
      wanted: nothing,
      force: false,
      directory: estateFolder,
    });

  test("it is replaced by those who say so", async () => {
    expect(await asking("y")).toMatchObject({ force: true });
  });

  test.each(["", "n", "what?"])("and by nobody who answers %j", async (answer) => {
    await expect(asking(answer)).rejects.toThrow("Nothing was written");
  });
});

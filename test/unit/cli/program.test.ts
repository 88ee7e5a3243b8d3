import { environmentsWith } from "../../support/environments";
import { jsonOf, mlops, mockSts } from "./support";

beforeEach(() => {
  mockSts();
});

describe("help", () => {
  test("says what there is, and is no failure", async () => {
    const { code, out, err } = await mlops("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const group of ["pipelines", "models", "data", "local"]) expect(out).toContain(`\n  ${group} `);
  });

  const commands = [
    ...["start", "list", "show", "stop", "definition"].map((name) => `pipelines ${name}`),
    ...["list", "show", "approve", "reject"].map((name) => `models ${name}`),
    "data prepare",
    "local fire",
    "local url",
    "local connect",
    "local pushed",
  ];

  test.each(commands)(
    "of %s has examples of it, and the options that every command takes",
    async (command) => {
      const { code, out } = await mlops(`${command} --help`);
      expect(code).toBe(0);
      expect(out).toContain(`$ mlops ${command}`);
      for (const option of ["--json", "--local", "--environments", "--role"]) expect(out).toContain(option);
    },
  );

  test("the version is the package's", async () => {
    expect(await mlops("--version")).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });
});

describe("wrong usage exits with 2", () => {
  test.each([
    ["pipelins list dev", "Did you mean pipelines?"],
    ["pipelines lst dev", "Did you mean list?"],
    ["pipelines list dev --jsn", "Did you mean --json?"],
    ["pipelines list", "missing required argument 'env'"],
    ["pipelines list dev train more", "too many arguments"],
    ["pipelines list dev train --limit 0", "A count must be 1 or more, got: 0"],
    ["pipelines start dev train --param x", "--param must be name=value, got: x"],
    ["pipelines start dev train --param =x", "--param must be name=value, got: =x"],
    ["pipelines show train", "An execution must be ARN, <env>/<pipeline>/<id>"],
    ["pipelines show dev/train/id/more", "An execution must be ARN, <env>/<pipeline>/<id>"],
    ["pipelines list prd", 'There is no environment "prd" (did you mean "prod"?)'],
    ["pipelines list nowhere", 'There is no environment "nowhere"; there is: dev, jenkins, prod, registry'],
    [
      "pipelines list registry",
      "Environment registry (kind registry) runs no pipelines; these do: dev, prod",
    ],
    ["models list jenkins mammo-severity", "Environment jenkins (kind ci) runs no pipelines"],
    ["models list prod mamo-severity", 'There is no model "mamo-severity" (did you mean "mammo-severity"?)'],
    ["data prepare --model other", 'There is no model "other"; there is: iris, mammo-severity'],
    ["local fire rule", "On AWS only EventBridge fires a schedule rule: add --local"],
    ["local connect dev iris /srv/models.git", "On AWS a person completes a connection"],
    ["local pushed dev iris", "the repository's host tells of pushes: add --local"],
    ["local url https://a.execute-api.us-east-1.amazonaws.com/", "is its own address: add --local"],
    [
      "pipelines show arn:aws:sagemaker:us-east-1:999999999999:pipeline/p/execution/e",
      "Account 999999999999 is in no environment file; these are: 111111111111 (dev), 444444444444 (jenkins)",
    ],
  ])("%s", async (args, complaint) => {
    const { code, out, err } = await mlops(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(complaint);
  });

  test("a group without a command shows its help", async () => {
    const { code, err } = await mlops("models");
    expect(code).toBe(2);
    expect(err).toContain("Usage: mlops models");
  });
});

describe("bad configuration exits with 2", () => {
  const environments = environmentsWith("key-misspelled");
  const message = 'dev.json:5:3 alertEmail is not a known key (did you mean "alertEmails"?)';

  test("with every problem at its place", async () => {
    const { code, err } = await mlops("pipelines list dev", { environments });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("which --json has as data", async () => {
    const { error } = jsonOf(await mlops("pipelines list dev --json", { environments })) as JsonError;
    expect(error.message).toContain(message);
    expect(error.problems).toMatchObject([{ line: 5, column: 3, path: "alertEmail" }]);
  });
});

interface JsonError {
  readonly error: { readonly message: string; readonly problems: readonly object[] };
}

describe("colour", () => {
  const red = "\u001b[31m";

  test("is for terminals", async () => {
    expect((await mlops("pipelines list prd", { terminal: true })).err).toContain(red);
    expect((await mlops("pipelines list prd")).err).not.toContain("\u001b");
  });

  test.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])(
    "is not for those who do not want it: %j",
    async (variables) => {
      expect((await mlops("pipelines list prd", { terminal: true, variables })).err).not.toContain("\u001b");
    },
  );

  test("an empty NO_COLOR is none", async () => {
    expect(
      (await mlops("pipelines list prd", { terminal: true, variables: { NO_COLOR: "" } })).err,
    ).toContain(red);
  });
});

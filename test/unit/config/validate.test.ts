import { dirname, basename, join } from "node:path";
import { validate } from "../../../config/validate";
import { known, shipped, withFolder } from "./support";

/** Runs the command and keeps what it prints. */
function run(args: readonly string[], { directory = "/", colour = false, variables = {} } = {}) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = validate(args, known, {
    directory,
    variables,
    colour,
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, printed, complaints };
}

const fourAreValid = {
  code: 0,
  printed: ["4 environments valid: dev, jenkins, prod, registry"],
  complaints: [],
};
const fixture = (name: string): string => join(__dirname, "../../fixtures/environments", name);
const shown = (name: string): string => `test/fixtures/environments/${name}`;

describe("npm run validate", () => {
  test("checks the shipped folder and says in one line how many environments are valid", () => {
    expect(run([])).toEqual(fourAreValid);
  });

  test("takes a folder relative to where it is called", () => {
    expect(run(["--environments", basename(shipped)], { directory: dirname(shipped) })).toEqual(fourAreValid);
  });

  test("prefers --environments to MLOPS_ENVIRONMENTS, and that to the shipped folder", () => {
    const variables = { MLOPS_ENVIRONMENTS: fixture("empty-file") };
    expect(run([], { variables }).code).toBe(2);
    expect(run(["--environments", shipped], { variables })).toEqual(fourAreValid);
  });

  test("ends with 2 and lists every problem and their number for people", () => {
    expect(run(["--environments", fixture("stack-twice")])).toEqual({
      code: 2,
      printed: [],
      complaints: [
        `${shown("stack-twice")}/dev-state.json:1:1 must not make a stack that dev.json makes too (dev-state)`,
        `${shown("stack-twice")}/dev.json:1:1 must not make a stack that dev-state.json makes too (dev-state)`,
        "2 problems",
      ],
    });
  });

  test("colours the place where it may", () => {
    const { complaints } = run(["--environments", fixture("empty-file")], { colour: true });
    expect(complaints).toEqual([
      `\u001b[31m${shown("empty-file")}/registry.json:1:1\u001b[39m must hold a JSON object, but is empty`,
      "1 problem",
    ]);
  });

  test("prints JSON for programs, valid or not", () => {
    expect(JSON.parse(run(["--json"]).printed.join())).toEqual({
      valid: true,
      environments: ["dev", "jenkins", "prod", "registry"],
      problems: [],
    });
    const { code, printed, complaints } = run([
      "--json",
      "--environments",
      fixture("account-without-quotes"),
    ]);
    expect({ code, complaints }).toEqual({ code: 2, complaints: [] });
    expect(JSON.parse(printed.join())).toEqual({
      valid: false,
      environments: [],
      problems: [
        {
          file: `${shown("account-without-quotes")}/dev.json`,
          line: 3,
          column: 14,
          path: "account",
          message: "must be 12 digits in quotes",
          value: 111111111111,
        },
      ],
    });
  });

  test.each([["--environment", "x"], ["--json=yes"], ["prod"]])(
    "answers %s with how it is used, and 2",
    (...args) => {
      const { code, printed, complaints } = run(args);
      expect({ code, printed }).toEqual({ code: 2, printed: [] });
      expect(complaints.join("\n")).toContain("Usage: npm run validate [-- OPTIONS]");
    },
  );

  test("explains itself with --help", () => {
    const { code, printed } = run(["--help"]);
    expect(code).toBe(0);
    expect(printed.join("\n")).toContain("Exit codes: 0 valid, 2 not valid or wrong usage.");
  });

  test("checks a hundred files", () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `w${index}.json`,
        {
          kind: "workload",
          account: String(500000000000 + index),
          registry: "registry",
          models: { "mammo-severity": {} },
        },
      ]),
    );
    withFolder(
      files,
      (directory) => {
        expect(run(["--environments", directory]).printed[0]).toMatch(/^104 environments valid: /);
      },
      shipped,
    );
  });
});

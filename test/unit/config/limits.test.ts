import fc from "fast-check";
import { isEnvironmentName, projectName } from "../../../config/formats";
import { ciShape, registryShape, workloadShape } from "../../../config/schema";
import { accountNames, registryNames, workloadNames } from "../../../core/naming";
import { defaultTags } from "../../../core/tags";
import { problemsWith } from "./support";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/);
const shortName = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join("-").slice(0, 16))
  .filter(isEnvironmentName);

describe("configuration that is valid", () => {
  test("gives names within AWS's limits for every project and environment", () => {
    fc.assert(
      fc.property(
        shortName.filter((name) => projectName.safeParse(name).success),
        shortName,
        (project, environment) => {
          const owner = { project, environment, account: "123456789012" };
          expect(() => [accountNames(owner), workloadNames(owner), registryNames(owner)]).not.toThrow();
        },
      ),
    );
  });

  test.each(Object.entries({ workload: workloadShape, registry: registryShape, ci: ciShape }))(
    "has at most ten compulsory or everyday keys in the file of a %s",
    (_, shape) => {
      const keys = new Set([...Object.keys(shape), "models"]);
      // For editors; of a move, and gone after it; set once, by whoever grants access or answers for the data, and left out by most.
      for (const other of [
        "$schema",
        "sharedRoles",
        "access",
        "audit",
        "network",
        "permissionsBoundary",
        "retention",
      ])
        keys.delete(other);
      expect(keys.size).toBeLessThanOrEqual(10);
    },
  );

  test("cannot set a tag that the stacks set", () => {
    const set = Object.keys(defaultTags({ project: "", owner: "", environment: "", stack: "", extra: {} }));
    const shared = { project: "mlops", owner: "ml", region: "us-east-1" };
    const tags = Object.fromEntries(set.map((key) => [key, "x"]));
    expect(problemsWith({ "shared.json": { ...shared, tags } }).map(({ path }) => path)).toEqual(
      set.map((key) => `tags.${key}`),
    );
  });
});

describe("environment names", () => {
  test.each(["dev", "prod", "eu-west", "a1", "abcdefghijklmnop"])("%s is one", (name) => {
    expect(isEnvironmentName(name)).toBe(true);
  });

  test.each(["d", "Dev", "1dev", "-dev", "dev-", "de--v", "dev_1", "dev.eu", "abcdefghijklmnopq", ""])(
    "%s is none",
    (name) => {
      expect(isEnvironmentName(name)).toBe(false);
    },
  );
});

import { z } from "zod";
import { environmentJsonSchema } from "../../../config/json-schema";
import { instancesIn, type Known, type KnownStackKind } from "../../../config/known";
import { loadEstate } from "../../../config/load";
import { modelsWith, textAt } from "../../../config/partial-account";
import { ConfigurationError } from "../../../config/problems";
import { withFolder } from "./support";

const endpoint: KnownStackKind = {
  in: "workload",
  settings: {
    at: "model",
    key: "endpoint",
    schema: z
      .strictObject({ instances: z.int("must be a whole number").default(1) })
      .describe("An endpoint that serves the model's approved version."),
  },
  rules: [
    ({ partial }) =>
      modelsWith(partial, "endpoint").flatMap((model) =>
        textAt(partial, "promotesTo") === undefined
          ? []
          : [{ path: ["models", model, "endpoint"], message: "must be in the last account", at: "key" }],
      ),
  ],
  instances: (account) =>
    modelsWith(account, "endpoint").map((model) => ({ id: `${account.name}-${model}-endpoint`, model })),
};

const templates: KnownStackKind = {
  in: "workload",
  settings: { at: "workload", key: "templates", schema: z.array(z.string()).describe("Project templates.") },
  rules: [],
  instances: (account) => ("templates" in account ? [{ id: `${account.name}-templates` }] : []),
};

const known: Known = {
  models: [
    { name: "churn", hasWorkflow: false, pipelines: ["train", "score"], settings: {} },
    {
      name: "fraud",
      hasWorkflow: false,
      pipelines: ["train", "score"],
      settings: {
        retrain: { schema: z.boolean().default(false).describe("Retrains."), needs: ["train", "score"] },
      },
    },
  ],
  stackKinds: [endpoint, templates],
};

const workload = (more: object) => ({
  "shared.json": { project: "acme", owner: "ml", region: "eu-central-1" },
  "registry.json": { kind: "registry", account: "333333333333" },
  "dev.json": { kind: "workload", account: "111111111111", registry: "registry", ...more },
});

const load = (more: object) => withFolder(workload(more), (directory) => loadEstate(directory, known));

/** What is said of `dev.json`, without its folder and position. */
function problemsOf(more: object): string[] {
  try {
    load(more);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
}

const dev = (more: object) => load(more).environments.find(({ name }) => name === "dev");

describe("settings of an optional stack", () => {
  test("switch it on by being there, with their defaults", () => {
    expect(dev({ models: { churn: { endpoint: {} } } })).toMatchObject({
      models: { churn: { endpoint: { instances: 1 } } },
    });
    const account = {
      name: "dev",
      kind: "workload",
      models: { churn: { endpoint: {} }, fraud: {} },
    } as const;
    expect(instancesIn(endpoint, account)).toEqual([{ id: "dev-churn-endpoint", model: "churn" }]);
  });

  test("may be left out", () => {
    expect(dev({ models: { churn: {} } })).toMatchObject({ models: { churn: {} } });
    expect(dev({})).not.toHaveProperty("templates");
    expect(instancesIn(templates, { name: "dev", kind: "workload" })).toEqual([]);
  });

  test("switch nothing on in an account of another kind", () => {
    expect(instancesIn(templates, { name: "dev", kind: "registry", templates: [] })).toEqual([]);
  });

  test("are checked like any other: wrong values, unknown keys with the one that is meant", () => {
    expect(problemsOf({ models: { churn: { endpoint: { instances: 1.5 } } } })).toEqual([
      "models.churn.endpoint.instances must be a whole number",
    ]);
    expect(problemsOf({ models: { churn: { endpoint: { instanses: 1 } } } })).toEqual([
      'models.churn.endpoint.instanses is not a known key (did you mean "instances"?)',
    ]);
    expect(problemsOf({ models: { churn: { endpont: {} } } })).toEqual([
      'models.churn.endpont is not a known key (did you mean "endpoint"?)',
    ]);
    expect(problemsOf({ template: [] })).toEqual(['template is not a known key (did you mean "templates"?)']);
  });

  test("bring their own rules across files", () => {
    const more = { promotesTo: "dev", models: { churn: { endpoint: {} } } };
    expect(problemsOf(more)).toContain("models.churn.endpoint must be in the last account");
  });

  test("are in the schema that editors use", () => {
    const schema = environmentJsonSchema(known);
    expect(schema).toContain("An endpoint that serves the model's approved version.");
    expect(schema).toContain("Project templates.");
  });

  test("make stacks whose ids must not clash", () => {
    const models = { churn: { endpoint: {} } };
    const same: KnownStackKind = {
      ...templates,
      instances: ({ name }) => [{ id: `${name}-churn-endpoint` }],
    };
    const both = { ...known, stackKinds: [endpoint, same] };
    expect(() => withFolder(workload({ models }), (folder) => loadEstate(folder, both))).toThrow(
      "models.churn must not make a stack that this file makes too (dev-churn-endpoint)",
    );
  });
});

describe("a model's pipelines", () => {
  test("may be a subset", () => {
    expect(dev({ models: { fraud: { pipelines: ["score"] } } })).toMatchObject({
      models: { fraud: { pipelines: ["score"], retrain: false } },
    });
  });

  test.each([
    [["scor"], 'models.fraud.pipelines[0] must be a pipeline of fraud (did you mean "score"?)'],
    [["deploy"], "models.fraud.pipelines[0] must be a pipeline of fraud (there are: train, score)"],
    [["score", "score"], "models.fraud.pipelines must not name a pipeline twice"],
    [[], "models.fraud.pipelines must name at least one pipeline; leave the key out to run all of them"],
    ["score", "models.fraud.pipelines must be a list of pipelines"],
  ])("%j is refused", (pipelines, problem) => {
    expect(problemsOf({ models: { fraud: { pipelines } } })).toEqual([problem]);
  });

  test("must have those that a setting starts or watches", () => {
    expect(problemsOf({ models: { fraud: { pipelines: ["score"], retrain: true } } })).toEqual([
      'models.fraud.retrain needs the pipeline train, which "pipelines" leaves out here',
    ]);
    expect(problemsOf({ models: { fraud: { pipelines: ["score"], retrain: false } } })).toEqual([]);
  });

  test("are settings of models there are", () => {
    expect(problemsOf({ models: { chrun: {} } })).toEqual([
      'models.chrun must be a model of pipelines/ (did you mean "churn"?)',
    ]);
  });
});

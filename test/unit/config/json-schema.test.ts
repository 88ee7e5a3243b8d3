import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { environmentJsonSchema } from "../../../config/json-schema";
import { estateFolder } from "../../support/environments";
import { known } from "./support";

const schema = JSON.parse(environmentJsonSchema(known)) as { readonly anyOf: readonly Account[] };
// Formats are for editors; the patterns beside them say the same.
const isValid = new Ajv({ validateFormats: false }).compile(schema);

interface Account {
  readonly title: string;
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

describe("environment.schema.json", () => {
  test.each(readdirSync(estateFolder))("accepts a valid %s", (name) => {
    expect(isValid(JSON.parse(readFileSync(join(estateFolder, name), "utf8")))).toBe(true);
  });

  test.each([
    ["an unknown key", { kind: "registry", account: "333333333333", colour: "blue" }],
    ["an unknown kind", { kind: "bank", account: "333333333333" }],
    ["an account that is no account", { kind: "registry", account: "three" }],
    [
      "a role of a model's where there is none",
      { kind: "registry", account: "333333333333", names: { lambdaRole: "a" } },
    ],
    ["a missing key", { kind: "workload", account: "111111111111" }],
    [
      "a wrong value deep down",
      { kind: "workload", account: "111111111111", registry: "r", models: { m: { retrainOnDrift: 1 } } },
    ],
  ])("refuses %s", (_, content) => {
    expect(isValid(content)).toBe(false);
  });

  test("has a title for every kind of file and a text for every key", () => {
    expect(schema.anyOf.map(({ title }) => title)).toEqual([
      "Workload account",
      "Model registry account",
      "CI account",
      "What all accounts share (shared.json)",
    ]);
    for (const { properties } of schema.anyOf) {
      for (const { description } of Object.values(properties)) expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });
});

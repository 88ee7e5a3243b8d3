import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { estateFolder } from "../../../support/environments";
import { temporaryFolder } from "../../../support/temporary-folder";
import { jsonOf, mlops } from "../support";

/** A copy of the tests' estate. */
function ownEstate(): string {
  const folder = temporaryFolder();
  cpSync(estateFolder, folder, { recursive: true });
  return folder;
}

const contentOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));

test("a workload comes between two others, and each file keeps what else it says as it is written", async () => {
  const environments = ownEstate();
  const dev = readFileSync(join(environments, "dev.json"), "utf8");
  const next = (JSON.parse(dev) as { promotesTo?: string }).promotesTo ?? "";
  const args = `new environment staging --account 432109876543 --after dev --promotes-to ${next} --email a@b.example --json`;
  const ran = await mlops(args, { environments });
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(jsonOf(ran)).toMatchObject({
    environment: "staging",
    next: [{}, {}, { command: "npx mlops bootstrap staging" }, {}, {}],
  });
  expect(JSON.parse(readFileSync(join(environments, "staging.json"), "utf8"))).toMatchObject({
    ...{ kind: "workload", account: "432109876543", registry: "registry", promotesTo: next },
    alertEmails: ["a@b.example"],
  });
  expect(readFileSync(join(environments, "dev.json"), "utf8")).toBe(
    dev.replace(`"promotesTo": "${next}"`, '"promotesTo": "staging"'),
  );
  expect(await mlops("validate", { environments })).toMatchObject({ code: 0 });
});

test.each([
  ["Staging --account 432109876543", "must be named after an environment"],
  ["dev --account 432109876543", "dev.json is there already"],
  ["staging", "Missing: --account"],
  ["staging --account 43", "account must be 12 digits in quotes"],
  ["staging --account 111111111111", "account must be the account of one environment only"],
  [
    "staging --account 432109876543 --after dev",
    "dev promotes to prod: --promotes-to prod puts staging between",
  ],
  ["staging --account 432109876543 --after pro", 'There is no environment "pro" (did you mean "prod"?)'],
  ["staging --account 432109876543 --model churn", "must be a model of pipelines/"],
  ["staging --account 432109876543 --registry nowhere", "registry must name an environment of kind"],
])("%s is refused, and nothing is written", async (args, message) => {
  const environments = ownEstate();
  const before = contentOf(environments);
  const { code, err } = await mlops(`new environment ${args}`, { environments });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
  expect(contentOf(environments)).toEqual(before);
});

test("files that have problems already are told, and nothing is written", async () => {
  const environments = ownEstate();
  writeFileSync(join(environments, "dev.json"), "{");
  const before = contentOf(environments);
  const { code, err } = await mlops("new environment staging --account 432109876543", { environments });
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining("dev.json:1:2 must be valid JSON") as string,
  });
  expect(contentOf(environments)).toEqual(before);
});

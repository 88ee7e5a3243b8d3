import fc from "fast-check";
import type { AccountRegion } from "../../../core/arns";
import { policyDocument } from "../../../core/policy";
import { physicalNames } from "../../../core/physical-names";
import { usedTypes } from "../../../core/used-types";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import type { ModelDefinition } from "../../../pipelines/model";
import { claimsOf, refuseClashes, type Resources } from "../../../stacks/name-claims";
import { buildStacks, withoutTokenTraces } from "../../../stacks/synthesise";
import { changedEstate } from "../../support/changed-estate";
import { estateWithRoles } from "../../support/environments";
import { readEstate } from "../../support/estate";
import { synthesisedStacks } from "../../support/synthesised";
import { threePipelines } from "../../support/three-pipelines";

const here = { account: "111111111111", region: "eu-west-1" };
const stacks = Object.entries(synthesisedStacks()).map(
  ([id, { resource }]) => [id, resource as Resources] as const,
);

/** What is said where a second stack holds all that a first one does, or one resource of it. */
function saidOf(resources: Resources, second: AccountRegion, address?: string): string[] {
  const again = claimsOf({ stack: "second", ...second }, resources);
  const claims = [
    ...claimsOf({ stack: "first", ...here }, resources),
    ...again.filter((claim) => address === undefined || claim.address === address),
  ];
  try {
    refuseClashes(claims);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}

test("each type of resource that a stack holds has a line in the table, and each line is of one", () => {
  const every = Object.values(synthesisedStacks(readEstate(estateWithRoles)));
  const types = new Set(every.flatMap(({ resource }) => Object.keys(resource)));
  expect([...types].toSorted()).toEqual(Object.keys(physicalNames));
});

/** AWS draws an id for the one; the other is nothing on AWS. */
const unnamed = new Set(["aws_kms_key", "terraform_data"]);

test("each type of data source that a stack reads is among those that are used", () => {
  const every = Object.values(synthesisedStacks(readEstate(estateWithRoles)));
  const types = new Set(every.flatMap(({ data = {} }) => Object.keys(data)));
  expect([...types].filter((type) => !usedTypes.dataSources.some((used) => used === type))).toEqual([]);
  expect(types.size).toBeGreaterThan(1);
});

test("a type that is not in the table is refused", () => {
  const other: Resources = { aws_backup_vault: { vault: { name: "vault" } } };
  expect(() => claimsOf({ stack: "first", ...here }, other)).toThrow(
    "aws_backup_vault must have a line in core/physical-names.ts",
  );
});

test.each(stacks)(
  "%s: whichever of its resources a second stack holds too, both are named",
  (_, resources) => {
    for (const [type, byName] of Object.entries(resources))
      for (const name of Object.keys(byName)) {
        const address = `${type}.${name}`;
        const said = saidOf(resources, here, address);
        const both = expect.stringMatching(
          `claimed by ${address} of first and by ${address} of second$`,
        ) as string;
        expect([type, said]).toEqual([type, unnamed.has(type) ? [] : [both]]);
      }
  },
);

/** The types of which a second stack holds what a first one does, and is refused for it. */
const typesRefused = (resources: Resources, second: AccountRegion): string[] =>
  Object.entries(resources)
    .flatMap(([type, byName]) => {
      const said = Object.keys(byName).flatMap((name) => saidOf(resources, second, `${type}.${name}`));
      return said.length > 0 ? [type] : [];
    })
    .toSorted();

test("of what is one, the parts are not said to be", () => {
  const [, foundation = {}] = stacks.find(([id]) => id === "prod-foundation") ?? [];
  const said = saidOf(foundation, { account: "222222222222", region: "eu-west-1" });
  expect(said).toEqual([
    expect.stringMatching(/^aws_s3_bucket "mlops-prod-sagemaker-data-222222222222" in partition aws /),
  ]);
});

test("buckets and their objects are one in all accounts, IAM's names in all regions of one, others in one region", () => {
  const all: Resources = Object.assign({}, ...stacks.map(([, resources]) => resources)) as Resources;
  const types = Object.keys(all);
  const s3 = types.filter((type) => type.startsWith("aws_s3_")).toSorted();
  const iam = types.filter((type) => type.startsWith("aws_iam_")).toSorted();
  expect(typesRefused(all, { account: "222222222222", region: "eu-west-1" })).toEqual(s3);
  expect(typesRefused(all, { account: "111111111111", region: "us-east-1" })).toEqual([...iam, ...s3]);
  expect(typesRefused(all, { account: "222222222222", region: "cn-north-1" })).toEqual([]);
});

test("IAM takes names that differ only in case for one", () => {
  const role = (name: string): Resources => ({ aws_iam_role: { role: { name } } });
  const claims = [
    ...claimsOf({ stack: "a", ...here }, role("Deploy")),
    ...claimsOf({ stack: "b", ...here }, role("deploy")),
  ];
  expect(() => {
    refuseClashes(claims);
  }).toThrow('aws_iam_role "deploy" in account 111111111111 must belong to one resource only');
});

const second = (more: Partial<ModelDefinition>): ModelDefinition => ({ ...threePipelines, ...more });

/** Synthesises prod with two models. */
const withSecond = (model: ModelDefinition): void => {
  const models = { [mammoSeverity.name]: {}, [model.name]: {} };
  withoutTokenTraces(() => {
    buildStacks(changedEstate({ files: { "prod.json": { models } }, models: [mammoSeverity, model] }));
  });
};

test("two models with one alert topic are refused, with both of them named", () => {
  expect(() => {
    withSecond(second({ alertTopic: mammoSeverity.alertTopic }));
  }).toThrow(
    /^aws_sns_topic "mammography-model-notification" in account 222222222222, us-east-1 must belong to one resource only, but is claimed by aws_sns_topic\.alerts_topic_\w+ of prod-mammo-severity and by aws_sns_topic\.alerts_topic_\w+ of prod-three-pipelines$/m,
  );
});

const word = fc.constantFrom("a", "b", "mammography-model-notification", "mammo-severity-model-package");

test("two models are refused exactly where they share a name", () => {
  fc.assert(
    fc.property(word, word, (alertTopic, modelPackageGroup) => {
      const model = second({ alertTopic, modelPackageGroup });
      const shares =
        alertTopic === mammoSeverity.alertTopic || modelPackageGroup === mammoSeverity.modelPackageGroup;
      if (shares)
        expect(() => {
          withSecond(model);
        }).toThrow("must belong to one resource only");
      else withSecond(model);
    }),
    { numRuns: 12 },
  );
});

test("two statements of one policy with one id are refused, as AWS does", () => {
  const statement = { Sid: "Twice", Effect: "Allow", Action: ["s3:GetObject"] } as const;
  expect(() => policyDocument([statement, statement])).toThrow('got twice: "Twice"');
});

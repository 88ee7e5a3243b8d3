import fc from "fast-check";
import { nameLimits, resourceName, type NamedKind } from "../../../core/name-limits";
import {
  accountNames,
  modelNames,
  modelRoleName,
  registryNames,
  triggerFunctionName,
  workloadNames,
} from "../../../core/naming";

/** What the configuration accepts as project and environment names. */
const configuredName = fc.stringMatching(/^[a-z][a-z0-9]{1,15}$/);
const account = fc.stringMatching(/^\d{12}$/);
const owner = fc.record({ project: configuredName, environment: configuredName, account });
const modelName = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}[a-z0-9]$/);

const kindOfName: Readonly<Record<string, NamedKind>> = {
  stateBucket: "bucket",
  dataBucket: "bucket",
  artifactsBucket: "bucket",
  stateKeyAlias: "keyAlias",
  keyAlias: "keyAlias",
  executionRole: "role",
  lambdaRole: "role",
  retrainingRole: "role",
  sealingRole: "role",
  deployRole: "role",
  jenkinsLogGroup: "logGroup",
  functionLogGroup: "logGroup",
  latestApprovedModelFunction: "function",
  sealVersionFunction: "function",
  function: "function",
  deadLetterQueue: "queue",
  deadLetterAlarm: "alarm",
  newDeadLetterAlarm: "alarm",
  alarmTopic: "topic",
  stepFailure: "rule",
  executionFailure: "rule",
};

function expectWithinLimits(names: object): void {
  for (const [key, name] of Object.entries(names) as [string, string][]) {
    const kind = kindOfName[key];
    if (!kind) throw new Error(`no limit is known for ${key}`);
    expect(name.length).toBeLessThanOrEqual(nameLimits[kind].max);
    expect(name).toMatch(nameLimits[kind].pattern);
  }
}

test("every name of an account is within AWS's limits, whatever the configuration accepts", () => {
  fc.assert(
    fc.property(owner, (any) => {
      expectWithinLimits({ ...accountNames(any), ...workloadNames(any), ...registryNames(any) });
    }),
  );
});

test("every name of a model is within AWS's limits, for model names of up to 41 characters", () => {
  fc.assert(
    fc.property(modelName, (name) => {
      expectWithinLimits(modelNames(name));
      expectWithinLimits({ function: triggerFunctionName(name, "drift-retraining") });
    }),
  );
});

test("a model's role is within IAM's limit and tells models apart, however long both names are", () => {
  const role = "sagemaker-execution-role";
  expect(modelRoleName(role, "mammo-severity")).toBe("sagemaker-execution-role-mammo-severity");
  const long = "x".repeat(41);
  const names = [modelRoleName(role, `${long}a`), modelRoleName(role, `${long}b`)];
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^sagemaker-execution-role-x+-[0-9a-f]{8}$/);
  for (const name of names) expect(name).toHaveLength(64);
});

test("names differ between environments and accounts, because bucket names are global", () => {
  fc.assert(
    fc.property(owner, owner, (a, b) => {
      fc.pre(a.account !== b.account);
      expect(workloadNames(a).dataBucket).not.toBe(workloadNames(b).dataBucket);
    }),
  );
});

test("names that the documentation uses stay", () => {
  const names = workloadNames({ project: "mlops", environment: "prod", account: "222222222222" });
  expect(names).toMatchObject({
    lambdaRole: "lambda-sagemaker-role",
    deployRole: "cross-account-jenkins-role",
    jenkinsLogGroup: "jenkins-log",
    dataBucket: "mlops-prod-sagemaker-data-222222222222",
    keyAlias: "alias/mlops-prod",
    stateBucket: "mlops-prod-terraform-state-222222222222",
  });
});

test("an override replaces one name and leaves the others", () => {
  const owner = { project: "mlops", environment: "prod", account: "222222222222" };
  const names = workloadNames(owner, { dataBucket: "acme-sagemaker-prod", lambdaRole: undefined });
  expect(names).toEqual({ ...workloadNames(owner), dataBucket: "acme-sagemaker-prod" });
});

test("a name that is too long says which limit it breaks, and by how much", () => {
  expect(() => resourceName("rule", "x".repeat(60), "drift")).toThrow(
    /^rule name must be at most 64 characters, got 66: "x+-drift" \(https:\/\/docs\.aws\.amazon\.com\//,
  );
});

test("a name with a character AWS refuses is refused", () => {
  expect(() => resourceName("bucket", "Models")).toThrow(/bucket name must match .*got: "Models"/);
});

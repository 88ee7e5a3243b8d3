import { IAMClient, GetRoleCommand } from "@aws-sdk/client-iam";
import type { Estate } from "../../config/schema";
import { Accounts } from "../../deploy/access/accounts";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import type { TemplateVersion } from "../../templates";
import { refusals } from "../../emulator/local-aws";
import { AppliedEstate } from "../support/applied-estate";
import { changeSeed } from "../support/changing-seeds";
import { offer, twoVersions } from "../support/template-registry";
import { jsonOf, mlops } from "../unit/cli/support";
import { ChangedStacks, type Actions } from "./support/changed-stacks";

jest.mock(
  "../../templates",
  () => jest.requireActual<{ readonly registry: object }>("../support/template-registry").registry,
);
jest.mock("../../templates/seed-folders", () => jest.requireActual<object>("../support/changing-seeds"));

const stack = "dev-project-templates";
const { first, second } = twoVersions("jenkins");
let applied: AppliedEstate;
let offering: ChangedStacks;

beforeAll(async () => {
  applied = await AppliedEstate.copy({ policies: true });
});
afterAll(() => applied.stop());

/** What is planned, by action, of an estate that offers these templates, and these versions of `jenkins`. */
async function offered(
  name: string,
  templates: readonly string[],
  versions: readonly TemplateVersion[],
): Promise<Actions> {
  offer({ jenkins: versions });
  const change = {
    files: { "dev.json": { ci: "jenkins", projectTemplates: { templates } } },
    models: [mammoSeverity],
  };
  const accountsOf = (estate: Estate) => new Accounts(estate, estate.shared.adminRole);
  offering = new ChangedStacks(applied, name, change, accountsOf);
  const actions = Object.entries(await offering.planned([stack]));
  const addresses = (of: readonly string[]) => of.map((one) => one.replace(`${stack} aws_`, "")).toSorted();
  return Object.fromEntries(actions.map(([action, of]) => [action, addresses(of)]));
}

/** That nothing is left to do, the plan of what comes next says: it has what is new, and no more. */
async function isApplied(): Promise<void> {
  expect(await offering.apply([stack])).toEqual({ [stack]: "applied" });
}

const objects = (...names: readonly string[]) => names.map((name) => `s3_object.templates_${name}`);
const artifacts = (...names: readonly string[]) =>
  names.map((name) => `servicecatalog_provisioning_artifact.${name.replace(/-(\d)$/, "_version-$1")}`);
const seedsOfBatch = ["build", "deploy", "preprocess"].map((name) => `jenkins-batch-1-${name}`);
/** All that the template `jenkins-batch` is. */
const batch = [
  ...objects("jenkins-batch-1", ...seedsOfBatch, "jenkins-batch-studio"),
  "servicecatalog_constraint.jenkins-batch_launch",
  "servicecatalog_product.jenkins-batch_product",
  "servicecatalog_product_portfolio_association.jenkins-batch_association",
  ...artifacts("jenkins-batch-1"),
].toSorted();
const deprecated: TemplateVersion = { ...first, guidance: "DEPRECATED" };

const run = (line: string, rest: readonly string[] = []) =>
  mlops(`projects ${line}`, { environments: offering.changed.folder, rest: [...rest, "--json"] });

const parameters = ["Build", "Deploy"].flatMap((name) => [
  ...["--param", `Model${name}CodeRepositoryURL=https://github.com/example/${name.toLowerCase()}`],
  ...["--param", `Model${name}CodeRepositoryFullname=example/${name.toLowerCase()}`],
  ...["--param", `Model${name}IsSeedCodeRequired=false`],
]);

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly madeOf: { readonly version: string };
}

async function descriptionOfRole(): Promise<string | undefined> {
  const { id } = jsonOf(await run("show dev churn")) as Shown;
  const iam = new IAMClient(await applied.access("dev"));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: `mlops-dev-${id}-execution` }));
  return Role?.Description;
}

test("one template is offered, and a project is made of it", async () => {
  expect(Object.keys(await offered("one", ["jenkins"], [first]))).toEqual(["create"]);
  await isApplied();
  const made = await run("create dev churn --template jenkins", parameters);
  expect([made.code, jsonOf(made)]).toMatchObject([
    0,
    { status: "CreateCompleted", madeOf: { version: "1" } },
  ]);
});

test("another template: its product and what that is of are added", async () => {
  expect(await offered("another", ["jenkins", "jenkins-batch"], [first])).toEqual({ create: batch });
  await isApplied();
});

test("another version: it is added, Studio has it, and the first is deprecated; a project is moved to it", async () => {
  expect(await offered("second", ["jenkins", "jenkins-batch"], [second, deprecated])).toEqual({
    create: [...objects("jenkins-2", "jenkins-2-build", "jenkins-2-deploy"), ...artifacts("jenkins-2")],
    change: [...objects("jenkins-studio"), ...artifacts("jenkins-1")],
  });
  await isApplied();
  const moved = await run("update dev churn");
  expect([moved.code, jsonOf(moved)]).toMatchObject([
    0,
    { status: "UpdateCompleted", madeOf: { version: "2" }, update: { from: "1", to: "2" } },
  ]);
  expect(await descriptionOfRole()).toBe("Of the second version");
});

test("a seed that repositories share: what has it changes, and its versions in the catalog are made anew; a template may go at once", async () => {
  changeSeed("shared/jobs/README.md", "# Jobs of another kind\n");
  expect(await offered("seeds-and-less", ["jenkins"], [second, deprecated])).toEqual({
    replace: [...objects("jenkins-1", "jenkins-2"), ...artifacts("jenkins-1", "jenkins-2")],
    change: objects("jenkins-1-build", "jenkins-2-build", "jenkins-studio"),
    destroy: batch,
  });
  await isApplied();
});

test("a version is withdrawn: the project that has it works on, and none is moved to it", async () => {
  const withdrawn: TemplateVersion = { ...second, active: false };
  expect(await offered("withdrawn", ["jenkins"], [first, withdrawn])).toEqual({
    change: [...objects("jenkins-studio"), ...artifacts("jenkins-1", "jenkins-2")],
  });
  await isApplied();
  const shown = jsonOf(await run("show dev churn"));
  expect(shown).toMatchObject({ status: "UpdateCompleted", madeOf: { version: "2" } });
  const refused = await run("update dev churn --template-version 2");
  expect([refused.code, refused.out]).toEqual([
    2,
    expect.stringContaining("Version 2 of template jenkins is not active"),
  ]);
});

test("a version goes: the project that has it works on, and is moved to what there is", async () => {
  expect(await offered("gone", ["jenkins"], [first])).toEqual({
    destroy: [...objects("jenkins-2", "jenkins-2-build", "jenkins-2-deploy"), ...artifacts("jenkins-2")],
  });
  await isApplied();
  expect(await offering.planned([stack])).toEqual({});
  const moved = jsonOf(await run("update dev churn"));
  const update = { from: "2", to: "1" };
  expect(moved).toMatchObject({ status: "UpdateCompleted", madeOf: { version: "1" }, update });
  expect(await descriptionOfRole()).not.toBe("Of the second version");
});

test("nothing offered: refused while a project stands, which is named; once it is deleted all of it goes", async () => {
  const none = new ChangedStacks(applied, "none", {});
  expect(await none.addRemoved("dev")).toEqual([stack]);
  expect(Object.keys(await none.planned([stack]))).toEqual(["destroy"]);
  const refused = (await none.apply([stack]).catch((error: unknown) => error)) as Error;
  expect(refused.message).toMatch(
    new RegExp(
      `${stack}: would destroy what the SageMaker project churn \\(p-\\w+\\) uses, which stands: .*aws_iam_role\\.`,
    ),
  );
  expect(await run("delete dev churn", ["--yes", "churn"])).toMatchObject({ code: 0 });
  const allowed = [...refused.message.matchAll(/would destroy (\S+) and lose/g)].map(([, one = ""]) => one);
  expect(await none.apply([stack], allowed)).toEqual({ [stack]: "applied" });
  expect(await new ChangedStacks(applied, "nothing", {}).addRemoved("dev")).toEqual([]);
  expect(await refusals(applied.localAws)).toEqual([]);
});

import { missingFrom } from "../../../deploy/plans/missing-statements";
import type { Need } from "../../../stacks/kind";
import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, changes } from "../../support/changed-estate";
import type { Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

type Block = Readonly<Record<string, string>>;

const { estate, models } = changedEstate(changes["a model added"]);
const synthesised = changedStacks(changes["a model added"]);
const byModel = listStacks(estate, models)
  .filter(({ kind }) => kind === "model")
  .map((stack) => [stack.id, kindOf(stack).needs(estate, stack)] as const);

const blocksOf = ({ resource }: Synthesised, type: string): Record<string, Block> =>
  (resource[type] ?? {}) as Record<string, Block>;
const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** The document of the policy that a need names, as its stack is synthesised. */
function documentOf(need: Exclude<Need, { packageGroup: string } | { applied: true }>): string | undefined {
  const stack = stackOf(synthesised, need.by.id);
  if ("policy" in need)
    return Object.values(blocksOf(stack, "aws_iam_policy")).find(({ name }) => name === lastOf(need.policy))
      ?.policy;
  const role = Object.entries(blocksOf(stack, "aws_iam_role")).find(
    ([, { name }]) => name === lastOf(need.role),
  );
  return Object.values(blocksOf(stack, "aws_iam_role_policy")).find(
    ({ name, role: of }) => name === need.inlinePolicy && of === `\${aws_iam_role.${role?.[0] ?? ""}.name}`,
  )?.policy;
}

test.each(byModel)(
  "what %s needs is what the foundation grants, whichever models run beside it",
  (_, needs) => {
    const policies = needs.flatMap((need) => ("packageGroup" in need || "applied" in need ? [] : [need]));
    const lacking = policies.map((need) => {
      const document = documentOf(need);
      const name = "policy" in need ? lastOf(need.policy) : `${lastOf(need.role)} ${need.inlinePolicy}`;
      return [name, document === undefined ? "no such policy" : missingFrom(document, need.statements)];
    });
    expect(lacking).toEqual(lacking.map(([name]) => [name, []]));
    expect(lacking.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^sagemaker-execution-role-\S+ pipeline-start$/),
        expect.stringMatching(/^lambda-sagemaker-role-\S+ cross-account-model-registry-access$/),
        expect.stringMatching(/^sagemaker-sealing-role-\S+ seal-versions$/),
      ]),
    );
  },
);

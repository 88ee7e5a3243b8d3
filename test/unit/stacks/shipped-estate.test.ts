import { join } from "node:path";
import { readEstate } from "../../support/estate";
import { repository } from "../../../tools/paths";
import { resources, statementsOf } from "../../support/synth";
import { synthesisedStacks } from "../../support/synthesised";

const stacks = synthesisedStacks(readEstate(join(repository, "test/fixtures/shipped-estate")));

test("an account that serves and does not train has its foundation and its endpoint, and no pipelines", () => {
  const ids = Object.keys(stacks).filter((id) => id.startsWith("staging"));
  expect(ids.toSorted()).toEqual(["staging-foundation", "staging-mammo-severity-endpoint", "staging-state"]);
});

test("no policy has a statement about nothing, which IAM refuses: where nothing trains, Jenkins' neither", () => {
  const empty = Object.entries(stacks).flatMap(([id, stack]) =>
    ["aws_iam_policy", "aws_iam_role_policy"].flatMap((type) =>
      resources(stack, type).flatMap(({ name, policy }) =>
        statementsOf(policy)
          .filter(({ Resource }) => [Resource].flat().length === 0)
          .map(({ Sid }) => `${id}: ${String(name)}: ${Sid ?? ""}`),
      ),
    ),
  );
  expect(empty).toEqual([]);
});

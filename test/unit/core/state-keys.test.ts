import { stackOfStateKey, stateKey } from "../../../core/state-keys";

test("a stack is told from the key of its state", () => {
  expect(stackOfStateKey(stateKey("prod-mammo-severity"))).toBe("prod-mammo-severity");
});

test.each([
  "../terraform.tfstate",
  "./terraform.tfstate",
  "/terraform.tfstate",
  "prod/old/terraform.tfstate",
  "env:/prod/terraform.tfstate",
  "prod-old/terraform.tfstate.tflock",
  "prod-\u001b[2Jold/terraform.tfstate",
  "prod-old\n/terraform.tfstate",
])("%j is no stack's state", (key) => {
  expect(stackOfStateKey(key)).toBeUndefined();
});

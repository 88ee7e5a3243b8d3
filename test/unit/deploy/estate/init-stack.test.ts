import { refuseForeignProviders } from "../../../../deploy/estate/init-stack";
import type { StateResource } from "../../../../deploy/terraform/state-json";

const resource = (provider: string | undefined): StateResource => ({
  mode: "managed",
  type: "evil_thing",
  name: "x",
  instances: [],
  ...(provider !== undefined && { provider }),
});

test.each([
  'provider["registry.terraform.io/evil/aws"]',
  'provider["localhost:8443/hashicorp/aws"]',
  'module.m.provider["registry.terraform.io/hashicorp/aws"]',
  undefined,
])("a state whose resource is of %s is refused, naming it", (provider) => {
  expect(() => {
    refuseForeignProviders("prod-x", { resources: [resource(provider)] });
  }).toThrow(`evil_thing.x is of ${provider ?? "none"}`);
});

test.each(["registry.terraform.io/hashicorp/aws", "terraform.io/builtin/terraform"])(
  "%s is the estate's",
  (source) => {
    expect(() => {
      refuseForeignProviders("prod-x", { resources: [resource(`provider["${source}"]`)] });
    }).not.toThrow();
  },
);

import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { pipelinesIn } from "../../../stacks/model-pipelines";
import { workloadsOf } from "../../../stacks/topology";
import { readEstate } from "../../support/estate";

const estate = readEstate();
const [dev] = workloadsOf(estate);
if (!dev) throw new Error("the tests' estate has a workload");

test("an account's pipelines are built once", () => {
  expect(pipelinesIn(estate, dev, mammoSeverity)).toBe(pipelinesIn(estate, dev, mammoSeverity));
});

test("the same account in another estate has pipelines of its own", () => {
  const other = { ...estate, shared: { ...estate.shared, project: "other" } };
  const rendered = (of: typeof estate) => pipelinesIn(of, dev, mammoSeverity).train?.render();
  const before = rendered(estate);
  expect(rendered(other)).toContain("other-dev-sagemaker-data-111111111111");
  expect(rendered(estate)).toBe(before);
  expect(before).not.toContain("other-dev-");
});

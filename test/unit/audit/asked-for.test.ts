import { changesOf, markdownOf, type AccessMatrix } from "../../../audit";
import { estateWithRoles } from "../../support/environments";
import { readEstate } from "../../support/estate";

test("what models ask for themselves stands in the table with its reason, and is reviewed with it", () => {
  const estate = readEstate(estateWithRoles);
  const matrix: AccessMatrix = { principals: [], cells: [], services: [] };
  const asked = {
    environment: "dev",
    pipeline: "risk-train",
    reason: "Rates come from finance",
    actions: ["dynamodb:GetItem"],
    resources: ["arn:aws:dynamodb:us-east-1:111111111111:table/rates"],
  };
  expect(changesOf(markdownOf(matrix, estate), markdownOf(matrix, estate, [asked]))).toEqual([
    "+ dev (111111111111): | risk-train | Rates come from finance | dynamodb:GetItem | `dynamodb:us-east-1:111111111111:table/rates` |",
  ]);
});

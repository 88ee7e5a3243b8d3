import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { repository } from "../../tools/paths";
import { statementsOf, type Statement } from "./synth";
import { tools } from "./tools";

const program = `
import json, sys
from moto.iam.aws_managed_policies import aws_managed_policies_data
print(json.dumps(json.loads(aws_managed_policies_data)[sys.argv[1]]["Document"]))
`;

/** The statements of one of AWS's managed policies, as moto has them from AWS. */
export async function managedPolicy(name: string): Promise<Statement[]> {
  const { stdout } = await execa(tools().python, ["-c", program, name], { stdin: "ignore" });
  return statementsOf(stdout).map(({ Action, Resource, ...others }) => ({
    ...others,
    Action: [Action].flat(),
    Resource: [Resource ?? []].flat(),
  }));
}

/** The statements of the policy that a document tells its readers to make. */
export function documentedPolicy(document: string): Statement[] {
  const [, policy = ""] =
    /```json\n(\{\n {2}"Version".*?)```/s.exec(readFileSync(join(repository, document), "utf8")) ?? [];
  return statementsOf(policy);
}

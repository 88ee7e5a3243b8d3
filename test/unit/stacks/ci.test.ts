import { billOfMaterials, only, resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const jenkins = stackOf(
  changedStacks({ files: { "jenkins.json": { jenkinsServer: { user: "jenkins-server" } } } }),
  "jenkins",
);
const server = "arn:aws:iam::444444444444:role/jenkins-server-role";

test("a server outside of AWS gets a user, and nobody's key is in the state", () => {
  expect(billOfMaterials(jenkins)).toEqual({
    aws_iam_instance_profile: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
    aws_iam_user: 1,
    aws_iam_user_policy: 1,
  });
  expect(only(jenkins, "aws_iam_user")).toMatchObject({ name: "jenkins-server", force_destroy: true });
});

test("the user may become the server's role and nothing else, and the role may become the deploy roles alone", () => {
  expect(statementsOf(only(jenkins, "aws_iam_user_policy").policy)).toEqual([
    { Sid: "AssumeServerRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [server] },
  ]);
  expect(statementsOf(only(jenkins, "aws_iam_role").assume_role_policy)).toContainEqual({
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::444444444444:root"] },
    Condition: { ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::444444444444:user/jenkins-server"] } },
    Action: ["sts:AssumeRole"],
  });
  const [policy] = resources(jenkins, "aws_iam_role_policy");
  expect(statementsOf(policy?.policy)).toMatchObject([
    { Action: ["sts:AssumeRole"], Resource: ["arn:aws:iam::222222222222:role/cross-account-jenkins-role"] },
  ]);
});

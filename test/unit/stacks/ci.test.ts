import { tokenTrust } from "../../../core/policy";
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

const tokens = stackOf(
  changedStacks({
    files: {
      "jenkins.json": {
        jenkinsServer: {
          oidc: {
            issuer: "https://jenkins.example.com/oidc",
            subjects: [
              "https://jenkins.example.com/job/mlops/job/main/",
              "https://jenkins.example.com/job/mlops/job/deploy/",
            ],
          },
        },
      },
    },
  }),
  "jenkins",
);

test("a server that signs tokens gets no user, and the role takes them of named jobs for one audience alone", () => {
  expect(billOfMaterials(tokens)).toEqual({
    aws_iam_instance_profile: 1,
    aws_iam_openid_connect_provider: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
  });
  expect(only(tokens, "aws_iam_openid_connect_provider")).toMatchObject({
    url: "https://jenkins.example.com/oidc",
    client_id_list: ["sts.amazonaws.com"],
  });
  const role = only(tokens, "aws_iam_role");
  expect(statementsOf(role.assume_role_policy)).toContainEqual({
    Effect: "Allow",
    Principal: { Federated: ["arn:aws:iam::444444444444:oidc-provider/jenkins.example.com/oidc"] },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: {
        "jenkins.example.com/oidc:aud": ["sts.amazonaws.com"],
        "jenkins.example.com/oidc:sub": [
          "https://jenkins.example.com/job/mlops/job/main/",
          "https://jenkins.example.com/job/mlops/job/deploy/",
        ],
      },
    },
  });
  expect(role.depends_on).toEqual([expect.stringMatching(/^aws_iam_openid_connect_provider\./)]);
});

test.each([
  ["no subject", "a", []],
  ["any subject", "a", ["*"]],
  ["subjects that begin alike", "a", ["https://ci/job/*"]],
  ["any audience", "*", ["a"]],
  ["an empty audience", "", ["a"]],
])("no role takes tokens of %s", (_, audience, subjects) => {
  const where = { account: "444444444444", region: "us-east-1" };
  expect(() => tokenTrust(where, { issuer: "https://ci.example.com", audience, subjects })).toThrow(
    "tokens of https://ci.example.com must be of one audience and of named subjects",
  );
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

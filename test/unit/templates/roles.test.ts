import { matches } from "../../../audit/wildcards";
import { projectTemplatesNames } from "../../../core/project-names";
import { boundaryStatements } from "../../../stacks/kinds/project-templates/boundary";
import type { CloudFormationTemplate } from "../../../templates/cloudformation";
import { everyTemplate, ofType, templateOf } from "../../support/project-templates";

const [jenkins, gitlab] = [templateOf("jenkins"), templateOf("gitlab")];

interface Policy {
  readonly Statement: readonly {
    readonly Action: readonly string[];
    readonly Resource: readonly (string | { readonly "Fn::Sub": string })[];
    readonly Condition?: object;
  }[];
}

describe("roles of a project", () => {
  const roles = (template: CloudFormationTemplate) =>
    ofType(template, "AWS::IAM::Role").map(({ Properties }) => ({
      boundary: Properties.PermissionsBoundary,
      trust: Properties.AssumeRolePolicyDocument,
      policy: (Properties.Policies as unknown as readonly { readonly PolicyDocument: Policy }[])[0]
        ?.PolicyDocument,
    }));

  test("are bounded, and may do nothing that the boundary does not let any project do", () => {
    const names = projectTemplatesNames({ project: "mlops", environment: "dev", account: "111111111111" });
    const boundary = boundaryStatements({ account: "111111111111", region: "us-east-1" }, names);
    const isWithin = (action: string, resource: string): boolean =>
      boundary.some(
        (statement) =>
          statement.Action.some((one) => matches(one, action)) &&
          statement.Resource.some((one) => matches(one, resource)),
      );
    for (const role of everyTemplate.flatMap(roles)) {
      expect(role.boundary).toBe("arn:aws:iam::111111111111:policy/mlops-dev-project-boundary");
      const outside = (role.policy?.Statement ?? []).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) =>
          Resource.map((one) => (typeof one === "string" ? one : one["Fn::Sub"]))
            .map((one) => one.replace("${SageMakerProjectId}", "p-abcdefghijkl"))
            .filter((one) => !isWithin(action, one))
            .map((one) => `${action} on ${one}`),
        ),
      );
      expect(outside).toEqual([]);
    }
  });

  test("have a boundary in which no wildcard stands for a type of resource, which IAM would not match", () => {
    const names = projectTemplatesNames({ project: "mlops", environment: "dev", account: "111111111111" });
    const [ofSagemaker] = boundaryStatements({ account: "111111111111", region: "us-east-1" }, names);
    for (const resource of ofSagemaker?.Resource ?? []) expect(resource.split(":")[5]).toMatch(/^[a-z-]+\//);
  });

  test("write below their project's id, and pass its execution role to SageMaker alone", () => {
    for (const { policy } of everyTemplate.flatMap(roles)) {
      const statements = policy?.Statement ?? [];
      const objects = statements.find(({ Action }) => Action.includes("s3:PutObject"));
      expect(objects?.Resource).toEqual([
        { "Fn::Sub": "arn:aws:s3:::mlops-dev-projects-111111111111/${SageMakerProjectId}/*" },
      ]);
      expect(statements.filter(({ Action }) => Action.includes("iam:PassRole"))).toEqual([
        expect.objectContaining({
          Resource: [
            { "Fn::Sub": "arn:aws:iam::111111111111:role/mlops-dev-${SageMakerProjectId}-execution" },
          ],
          Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        }),
      ]);
      const wide = statements.flatMap(({ Action }) => Action).filter((action) => action.endsWith(":*"));
      expect(wide).toEqual([]);
    }
  });

  test("defect 13.5: what acts on everything only looks, measures, or makes what is tagged", () => {
    const onEverything = everyTemplate
      .flatMap(roles)
      .flatMap(({ policy }) => policy?.Statement ?? [])
      .filter(({ Resource }) => Resource.includes("*"))
      .flatMap(({ Action, Condition }) => Action.map((action) => `${action} ${JSON.stringify(Condition)}`));
    expect([...new Set(onEverything)].toSorted()).toEqual([
      'cloudwatch:PutMetricData {"StringLike":{"cloudwatch:namespace":"/aws/sagemaker/*"}}',
      "ecr:GetAuthorizationToken undefined",
      'kms:CreateKey {"StringEquals":{"aws:RequestTag/sagemaker:project-id":{"Fn::Sub":"${SageMakerProjectId}"}}}',
      "kms:ListAliases undefined",
      'kms:TagResource {"StringEquals":{"aws:RequestTag/sagemaker:project-id":{"Fn::Sub":"${SageMakerProjectId}"}}}',
    ]);
  });

  test("defect 18.5: CI is the Jenkins server's role, or tokens of both repositories' own branch, and has no key", () => {
    expect(roles(jenkins)[1]?.trust).toMatchObject({
      Statement: [
        {
          Principal: { AWS: ["arn:aws:iam::444444444444:root"] },
          Condition: {
            ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::444444444444:role/jenkins-server-role"] },
          },
        },
      ],
    });
    const subject = (repository: string) => ({
      "Fn::Sub": `project_path:\${GitLabGroup}/\${${repository}CodeRepositoryName}:ref_type:branch:ref:main`,
    });
    expect(roles(gitlab)[1]?.trust).toMatchObject({
      Statement: [
        {
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Principal: { Federated: ["arn:aws:iam::111111111111:oidc-provider/gitlab.example.com"] },
          Condition: {
            StringEquals: {
              "gitlab.example.com:aud": ["https://gitlab.example.com"],
              "gitlab.example.com:sub": [subject("ModelBuild"), subject("ModelDeploy")],
            },
          },
        },
      ],
    });
  });
});

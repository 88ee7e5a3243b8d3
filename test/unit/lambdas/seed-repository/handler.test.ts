import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import type { ResourceRequest } from "../../../../lambdas/seed-repository/custom-resource";
import { handler } from "../../../../lambdas/seed-repository";
import { archiveOf } from "./support/archive";
import { madeOn, onGitlab, properties, token } from "./support/on-gitlab";
import { countOf } from "./support/seeding";

const [s3, secrets] = [mockClient(S3Client), mockClient(SecretsManagerClient)];
const world = onGitlab();
const logged = () => JSON.stringify(jest.mocked(console.info).mock.calls);
const create = async () => {
  const request: ResourceRequest = {
    RequestType: "Create",
    ResponseURL: world.cloudFormation.url,
    StackId: "stack",
    RequestId: "request",
    LogicalResourceId: "Build",
    ResourceProperties: properties,
  };
  await handler(request, { getRemainingTimeInMillis: () => 300_000 });
  return world.cloudFormation.take();
};

beforeEach(async () => {
  const archive = await archiveOf({ "README.md": "seeded" });
  s3.reset();
  secrets.reset();
  const body = { transformToByteArray: () => Promise.resolve(Uint8Array.from(archive)) };
  s3.on(GetObjectCommand).resolves({ Body: body as never });
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify({ token, other: "a" }) });
  Object.assign(process.env, {
    SEEDS_BUCKET: "seeds",
    GITLAB_URL: `${world.gitlab.url}/`,
    GITLAB_TOKEN_SECRET: "mlops/gitlab",
  });
});

test("defect: 18.2 the secret is JSON with a token, whatever is in it and beside it", async () => {
  expect(await create()).toMatchObject({
    Status: "SUCCESS",
    PhysicalResourceId: "gitlab:ml/churn/churn-build",
  });
  expect(countOf(madeOn(world).bare)).toBe(1);
  expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
    ...{ Bucket: "seeds", Key: "seeds/gitlab/1/build.tar.gz", VersionId: "v1" },
  });
  expect(logged()).not.toContain(token);
});

test("defect: 18.1 S3, the secret and missing settings are answered for, too", async () => {
  s3.on(GetObjectCommand).rejects(new Error("Access Denied"));
  expect((await create()).Reason).toBe(
    "The seed s3://seeds/seeds/gitlab/1/build.tar.gz (version v1) cannot be read: Access Denied",
  );
  s3.on(GetObjectCommand).resolves({
    Body: { transformToByteArray: () => archiveOf({ a: "" }) } as never,
  });
  secrets.on(GetSecretValueCommand).resolves({ SecretString: "ENTER_GITLAB_TOKEN_HERE" });
  expect((await create()).Reason).toBe(
    'The secret mlops/gitlab cannot be read: The secret must be JSON with a text "token"',
  );
  delete process.env.GITLAB_URL;
  expect((await create()).Reason).toBe(
    "The function has no variable GITLAB_URL: the environment's projectTemplates do not name it",
  );
});

test("a request without an address to answer fails, so that Lambda tells of it", async () => {
  const request = { RequestType: "Create", RequestId: "r" } as ResourceRequest;
  const call = handler(request, { getRemainingTimeInMillis: () => 300_000 });
  await expect(call).rejects.toThrow("CloudFormation could not be told of r");
});

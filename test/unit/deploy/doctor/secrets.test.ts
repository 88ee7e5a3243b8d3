import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { checkSecrets } from "../../../../deploy/doctor/secrets";

const client = mockClient(SecretsManagerClient);
const access = { region: "eu-west-1", maxAttempts: 1, credentials: () => Promise.reject(new Error("none")) };
const secret = { name: "ci/jenkins", holds: 'JSON with "user" and "token"' };
const check = () => checkSecrets("registry", [secret], access);
const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const wrong = (found: string, remedy: string) => [
  { subject: "Secret of registry", ok: false, found, remedy: expect.stringContaining(remedy) as string },
];

beforeEach(() => {
  client.reset();
});

test("a secret that holds something is in order, and is not read", async () => {
  client.on(DescribeSecretCommand).resolves({ VersionIdsToStages: { one: ["AWSCURRENT"] } });
  expect(await check()).toEqual([{ subject: "Secret of registry", ok: true, found: "ci/jenkins" }]);
});

test("one that is not there, is empty, or is about to go has its remedy, which puts no value into a history", async () => {
  client.on(DescribeSecretCommand).rejects(named("ResourceNotFoundException", "can't find it"));
  expect(await check()).toEqual(
    wrong(
      "there is no secret ci/jenkins",
      'aws secretsmanager create-secret --name ci/jenkins --secret-string file://FILE, which holds JSON with "user"',
    ),
  );
  client.on(DescribeSecretCommand).resolves({ VersionIdsToStages: { one: ["AWSPREVIOUS"] } });
  expect(await check()).toEqual(
    wrong("ci/jenkins is empty", "put-secret-value --secret-id ci/jenkins --secret-string file://"),
  );
  const VersionIdsToStages = { one: ["AWSCURRENT"] };
  client.on(DescribeSecretCommand).resolves({ VersionIdsToStages, DeletedDate: new Date(0) });
  expect(await check()).toEqual(wrong("ci/jenkins is about to be deleted", "restore-secret"));
});

test("what the role may not see is said with what it lacks", async () => {
  client.on(DescribeSecretCommand).rejects(named("AccessDeniedException", "not authorized"));
  expect(await check()).toEqual(wrong("not authorized", "secretsmanager:DescribeSecret"));
});

import { JenkinsDouble } from "../../../../emulator/jenkins";
import { NotStartedError, type CiServer } from "../../../../lambdas/release-trigger/ci-server";
import { jenkins } from "../../../../lambdas/release-trigger/jenkins";

const version = "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity/2";

const secret = JSON.stringify({ user: "bot", token: "11a:0" });
const may = ["Overall/Read", "Job/Read", "Job/Build"] as const;
let double: JenkinsDouble;
const client = (job = "mlops/deploy", given = secret) =>
  jenkins({ url: double.url.slice(0, -1), job }, given);

beforeEach(async () => {
  const parameters = ["MODEL_PACKAGE_ARN"];
  double = await JenkinsDouble.start({
    users: [{ id: "bot", password: "word", apiToken: "11a:0", may }],
    jobs: [
      { name: "mlops/deploy", parameters },
      { name: "held", parameters, held: true },
      { name: "off", parameters, disabled: true },
      { name: "others", parameters: ["VERSION"] },
    ],
  });
});
afterEach(() => double.die());

test("11.2, 11.3, 12.2: builds the version by its ARN, by POST, with a token of a user's own", async () => {
  expect(await client().start(version)).toBe(`${double.url}queue/item/1/`);
  expect(double.builds.map(({ parameters, by }) => [parameters, by])).toEqual([
    [{ MODEL_PACKAGE_ARN: version }, "bot"],
  ]);
  expect(double.requests.at(-1)).toBe("POST /job/mlops/job/deploy/buildWithParameters");
});

test("a version that waits already is not built twice", async () => {
  const held = client("held");
  expect(await held.start(version)).toBe(await held.start(version));
  double.startQueued();
  expect(double.builds).toHaveLength(1);
});

test.each<[string, (double: JenkinsDouble) => CiServer, string]>([
  ["a disabled job", () => client("off"), "Jenkins answered 409: the job is disabled"],
  ["a job that is not there", () => client("none"), "Jenkins answered 404: there is no such job"],
  ["a job without the parameter", () => client("others"), "must have a parameter MODEL_PACKAGE_ARN"],
  [
    "a wrong token",
    () => client("held", JSON.stringify({ user: "bot", token: "x" })),
    "Jenkins answered 401: it does not know the user",
  ],
])("%s starts nothing, surely", async (_what, server, message) => {
  const failure = server(double).start(version);
  await expect(failure).rejects.toThrow(NotStartedError);
  await expect(failure).rejects.toThrow(message);
});

test("11.5: a redirect is a refusal, and a page is none of Jenkins' answers", async () => {
  double.behaviour = "refuses";
  await expect(client().start(version)).rejects.toThrow("Jenkins answered 302: its queue took nothing");
  double.behaviour = "page";
  await expect(client().start(version)).rejects.toThrow(
    "Jenkins answered 200: a page of something before it",
  );
  expect(double.builds).toEqual([]);
});

test("a server that is gone took nothing; one that cut the line off may have", async () => {
  await double.die();
  await expect(client().start(version)).rejects.toThrow(NotStartedError);
  await double.revive();
  const other = client();
  const before = new Date();
  expect(await other.find(version, before)).toBeUndefined();
  double.behaviour = "drops";
  const failure = other.start(version);
  await expect(failure).rejects.toThrow("No answer of http://127.0.0.1");
  await expect(failure).rejects.not.toThrow(NotStartedError);
});

test("a build is found by its version, queued or started, and not one from long before", async () => {
  const [held, deploy] = [client("held"), client()];
  await held.start(version);
  expect(await held.find(version, new Date())).toBe("queue/item/1/");
  double.startQueued();
  expect(await held.find(version, new Date())).toBe(`${double.url}job/held/1/`);
  expect(await held.find(version.replace(/2$/, "3"), new Date())).toBeUndefined();
  expect(await deploy.find(version, new Date())).toBeUndefined();
  expect(await held.find(version, new Date(Date.now() + 3_600_000))).toBeUndefined();
});

test.each(["", "token", "null", '{"token":"t"}', '{"user":"","token":"t"}', '["user"]'])(
  "18.2: the secret %j is refused without a word of it",
  (wrong) => {
    expect(() => client("held", wrong)).toThrow('The secret must be JSON with a text "user"');
  },
);

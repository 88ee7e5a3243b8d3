import { join } from "node:path";
import { formatProblem } from "../../../config/problems";
import { namesSecret, secretIn } from "../../../config/secrets";
import { SourceFile } from "../../../config/source-file";
import { problemsWith, withFolder } from "./support";

/** Examples are written in parts, so that nothing that looks for secrets in the repository takes them for real ones. */
const whole = (...parts: readonly string[]): string => parts.join("");

const examples = [
  ["an AWS access key id", whole("AKIA", "IOSFODNN7EXAMPLE")],
  ["an AWS secret access key", whole("wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY")],
  ["a private key", whole("-----BEGIN RSA ", "PRIVATE KEY-----")],
  ["a GitHub token", whole("ghp_", "a1".repeat(18))],
  ["a GitLab token", whole("glpat-", "a1".repeat(10))],
  ["an API token of Jenkins", whole("11", "a1".repeat(16))],
  ["a Slack token", whole("xoxb-", "1234567890")],
  ["a JSON web token", whole("eyJ", "hbGciOiJIUzI1NiJ9", ".eyJ", "zdWIiOiIxIn0")],
  ["a URL with a password", whole("https://jenkins:", "hunter2", "@ci.example.com")],
] as const;

describe("a secret in an environment file", () => {
  test.each(examples)("is recognised: %s", (what, secret) => {
    expect(secretIn(secret)).toBe(what);
  });

  test.each(examples)("is refused wherever it stands, once, and never shown: %s", (what, secret) => {
    const places = {
      tag: { "shared.json": { project: "mlops", owner: "ml", region: "us-east-1", tags: { note: secret } } },
      wrongValue: { "jenkins.json": { kind: "ci", account: secret } },
      wrongKind: { "jenkins.json": { kind: secret, account: "444444444444" } },
      inAnObject: { "jenkins.json": { kind: "ci", account: { id: [secret] } } },
      inAList: {
        "dev.json": {
          kind: "workload",
          account: "111111111111",
          registry: "registry",
          alertEmails: [secret],
        },
      },
      aReference: { "prod.json": { kind: "workload", account: "222222222222", registry: secret } },
      underAnUnknownKey: { "jenkins.json": { kind: "ci", account: "444444444444", note: secret } },
    };
    for (const files of Object.values(places)) {
      const problems = problemsWith(files);
      const [found, ...others] = problems.filter(({ message }) => message.includes(`looks like ${what}`));
      expect(others).toEqual([]);
      expect(problems.filter(({ file, path }) => file === found?.file && path === found.path)).toEqual([
        found,
      ]);
      expect(JSON.stringify(problems)).not.toContain(secret);
      expect(problems.map(formatProblem).join("\n")).not.toContain(secret);
    }
  });

  test("is not shown by a problem of any other rule either", () => {
    withFolder({ "a.json": { key: examples[0][1] } }, (directory) => {
      const problem = SourceFile.read(join(directory, "a.json")).atValue(["key"], "must be shorter");
      expect(problem).toMatchObject({ message: "must be shorter", got: "a value that is not shown" });
      expect(problem).not.toHaveProperty("value");
    });
  });

  test.each(["password", "jenkinsToken", "db-passwd", "API_KEY", "clientSecret", "credentials"])(
    "is expected under the key %s, whose value is never shown",
    (key) => {
      const problems = problemsWith({
        "jenkins.json": { kind: "ci", account: "444444444444", [key]: "hunter2" },
      });
      expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
        `${key} must not stand here: keep secrets in AWS Secrets Manager`,
      ]);
      expect(JSON.stringify(problems)).not.toContain("hunter2");
    },
  );

  test.each(["registry", "secretary", "tokenizer", "monkey"])("is not suspected under the key %s", (key) => {
    expect(namesSecret(key)).toBe(false);
  });

  test.each([
    "mlops-prod-sagemaker-data-222222222222",
    "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "https://git.example.com/ml/platform.git",
    "team@example.com",
  ])("is not suspected in %s", (text) => {
    expect(secretIn(text)).toBeUndefined();
  });
});

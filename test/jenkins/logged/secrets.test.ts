import { withoutSecrets } from "../../../jenkins/logged/secrets";

describe("withoutSecrets", () => {
  test.each([
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"],
    ["AWS_SESSION_TOKEN", "FwoGZXIvYXdz+a.b*c$d"],
    ["REPOSITORY_TOKEN", "ghp_0123456789"],
    ["JENKINS_ADMIN_PASSWORD", "hunter2hunter2"],
    ["TF_VAR_db_password", "hunter2hunter2"],
  ])("blots out %s, wherever it stands", (name, value) => {
    const clean = withoutSecrets({ [name]: value });
    expect(clean(`a ${value} b ${value}`)).toBe("a **** b ****");
  });

  test("blots out each line of a key", () => {
    const clean = withoutSecrets({ DEPLOY_PRIVATE_KEY: "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n" });
    expect(clean("MIIEvQIBADANBgkq")).toBe("****");
  });

  test("leaves names of accounts, keys and regions, and words that are too short to be secret", () => {
    const text = "AKIAIOSFODNN7EXAMPLE us-east-1 true";
    const environment = {
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_REGION: "us-east-1",
      USE_TOKEN: "true",
    };
    expect(withoutSecrets(environment)(text)).toBe(text);
  });

  test("a secret that begins with another is blotted out whole", () => {
    const clean = withoutSecrets({ A_TOKEN: "12345678", B_TOKEN: "1234567890" });
    expect(clean("1234567890")).toBe("****");
  });
});

import { withoutSecrets } from "../../../jenkins/logged/secrets";

describe("withoutSecrets", () => {
  test.each([
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"],
    ["AWS_SESSION_TOKEN", "FwoGZXIvYXdz+a.b*c$d"],
    ["REPOSITORY_TOKEN", "ghp_0123456789"],
    ["JENKINS_ADMIN_PASSWORD", "hunter2hunter2"],
    ["TF_VAR_db_password", "hunter2hunter2"],
    ["STRIPE_API_KEY", "sk_live_0123456789"],
    ["GITHUB_PAT", "github_pat_0123456789"],
    ["NPM_CONFIG__AUTH", "dXNlcjpwYXNzd29yZA=="],
    ["SSH_PASSPHRASE", "correct horse battery"],
    ["GPG_KEY", "hunter2hunter2"],
    ["SMTP_PWD", "hunter2hunter2"],
  ])("blots out %s, wherever it stands", (name, value) => {
    const clean = withoutSecrets({ [name]: value });
    expect(clean(`a ${value} b ${value}`)).toBe("a **** b ****");
  });

  test("blots out each line of a key", () => {
    const clean = withoutSecrets({ DEPLOY_PRIVATE_KEY: "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n" });
    expect(clean("MIIEvQIBADANBgkq")).toBe("****");
  });

  test("blots out the password of an address, and not the address", () => {
    const clean = withoutSecrets({ HTTPS_PROXY: "https://ann:hunter2hunter2@proxy.example.com:3128" });
    expect(clean("hunter2hunter2 at proxy.example.com")).toBe("**** at proxy.example.com");
  });

  test("leaves names of accounts, keys and regions, and words that are too short to be secret", () => {
    const text = "AKIAIOSFODNN7EXAMPLE us-east-1 true /var/lib/agent /tmp/agent.sock bananas-bananas";
    const environment = {
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_REGION: "us-east-1",
      USE_TOKEN: "true",
      PWD: "/var/lib/agent",
      SSH_AUTH_SOCK: "/tmp/agent.sock",
      MONKEY: "bananas-bananas",
    };
    expect(withoutSecrets(environment)(text)).toBe(text);
  });

  test("a secret that begins with another is blotted out whole", () => {
    const clean = withoutSecrets({ A_TOKEN: "12345678", B_TOKEN: "1234567890" });
    expect(clean("1234567890")).toBe("****");
  });
});

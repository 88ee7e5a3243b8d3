import { execa } from "execa";
import { fileOf } from "./support/builds";

interface Plugin {
  readonly name: string;
  readonly version: string;
}

const plugins: readonly Plugin[] = fileOf("jenkins/plugins.txt")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [name = "", version = ""] = line.split(":");
    return { name, version };
  });
const names = plugins.map(({ name }) => name);

/** What in our files only works with a plugin. */
const needs: readonly (readonly [plugin: string, file: string, use: RegExp])[] = [
  ["git", "jenkins/seed.groovy", /\bgit \{/],
  ["job-dsl", "jenkins/casc.yaml", /^jobs:/m],
  ["pipeline-utility-steps", "Jenkinsfile", /\breadJSON\(/],
  ["workflow-aggregator", "Jenkinsfile", /^pipeline \{/m],
  ["configuration-as-code", "jenkins/casc.yaml", /^jenkins:/m],
  ["github-branch-source", "jenkins/seed.groovy", /\bgithub \{/],
  ["mailer", "Jenkinsfile", /\bmail\(/],
  ["timestamper", "Jenkinsfile", /\btimestamps\(\)/],
];

describe("plugins.txt", () => {
  test("pins every plugin to one version", () => {
    expect(plugins.filter(({ version }) => !/^\d[\w.-]*$/.test(version))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("has the plugins that the reference architecture names", () => {
    const named = ["job-dsl", "git", "workflow-aggregator", "pipeline-aws", "pipeline-utility-steps"];
    expect(names).toEqual(expect.arrayContaining(named));
  });

  test.each(needs)("has %s, because of %s", (plugin, file, use) => {
    expect(fileOf(file)).toMatch(use);
    expect(names).toContain(plugin);
  });

  test("has nothing else", () => {
    const wanted = new Set([...needs.map(([plugin]) => plugin), "pipeline-aws"]);
    expect(names.filter((name) => !wanted.has(name))).toEqual([]);
  });
});

describe("casc.yaml", () => {
  const text = fileOf("jenkins/casc.yaml").replaceAll(/^ *#.*$/gm, "");
  const page = fileOf("jenkins/README.md");
  const variables = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = ""]) => name));
  let configuration: Record<string, unknown>;
  beforeAll(async () => {
    configuration = await readYaml(text);
  });

  test("is YAML with the roots that its plugins read", () => {
    expect(Object.keys(configuration).toSorted()).toEqual(["credentials", "jenkins", "jobs", "unclassified"]);
  });

  test("holds no secret: each is a variable", () => {
    const values = [...text.matchAll(/^\s*(?:password|secret|token|privateKey): (.*)$/gm)].map(
      ([, value]) => value,
    );
    expect(values).toHaveLength(2);
    expect(values.filter((value) => !/^"\$\{[A-Z_]+\}"$/.test(value ?? ""))).toEqual([]);
  });

  test.each([...variables])("%s is explained in the page", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  test.each(["mlops", "mlops-plan", "mlops-forks", "jenkins-log", "prodAccount", "requireApproval"])(
    "the page tells of %s",
    (name) => {
      expect(page).toContain(`\`${name}\``);
    },
  );

  test("runs no build on the server itself, and has an agent for each label that the pipelines ask for, but for forks", () => {
    expect(configuration).toMatchObject({
      jenkins: { numExecutors: 0, nodes: [{ permanent: { labelString: "mlops mlops-plan" } }] },
    });
    expect(fileOf("Jenkinsfile")).toContain("label 'mlops'");
    expect(fileOf("jenkins/drift.Jenkinsfile")).toContain("label 'mlops'");
  });

  test("gives the seed every variable that it reads, before it runs it", () => {
    const { jobs } = configuration as { jobs: readonly Readonly<Record<string, object>>[] };
    expect(jobs.map((job) => Object.keys(job))).toEqual([["providedEnv"], ["file"]]);
    const used = new Set(fileOf("jenkins/seed.groovy").match(/\b[A-Z]{3,}(?:_[A-Z]+)+\b/g));
    expect(Object.keys(jobs[0]?.providedEnv ?? {}).toSorted()).toEqual([...used].toSorted());
  });

  test("gives the pipelines the server's variables that they read", () => {
    const given = [...text.matchAll(/key: ([A-Z_]+)/g)].map(([, name]) => name);
    const pipelines = fileOf("Jenkinsfile") + fileOf("jenkins/drift.Jenkinsfile");
    const read = new Set([...pipelines.matchAll(/env\.([A-Z_]+)/g)].map(([, name = ""]) => name));
    const ofJenkins = /^(BRANCH_NAME|BUILD_URL|CHANGE_\w+|GIT_\w+|PLANNED_COMMIT)$/;
    expect([...read].filter((name) => !ofJenkins.test(name)).toSorted()).toEqual(given.toSorted());
  });
});

/** Reads YAML by the Python of the test environment, which has a parser. */
async function readYaml(text: string): Promise<Record<string, unknown>> {
  const program = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
  const { stdout } = await execa(process.env.MLOPS_PYTHON ?? "python3", ["-c", program], { input: text });
  return JSON.parse(stdout) as Record<string, unknown>;
}

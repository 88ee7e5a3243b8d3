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
  ["lockable-resources", "jenkins/deploy.Jenkinsfile", /\block\(/],
  ["mailer", "Jenkinsfile", /\bmail\(/],
  ["timestamper", "Jenkinsfile", /\btimestamps\(\)/],
  ["job-restrictions", "jenkins/casc.yaml", /\bjobRestrictionProperty:/],
  ["matrix-auth", "jenkins/casc.yaml", /\bglobalMatrix:/],
  ["remote-file", "jenkins/seed.groovy", /\bremoteJenkinsFileWorkflowBranchProjectFactory \{/],
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

const pipelines = ["Jenkinsfile", ...["build", "deploy", "drift"].map((job) => `jenkins/${job}.Jenkinsfile`)]
  .map(fileOf)
  .join("\n");

describe("casc.yaml", () => {
  const text = fileOf("jenkins/casc.yaml").replaceAll(/^ *#.*$/gm, "");
  const page = fileOf("jenkins/README.md");
  const variables = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = ""]) => name));
  let configuration: Record<string, unknown>;
  const nodes = (): readonly Node[] =>
    (configuration as { jenkins: { nodes: { permanent: Node }[] } }).jenkins.nodes.map(
      ({ permanent }) => permanent,
    );
  beforeAll(async () => {
    configuration = await readYaml(text);
  });

  test("is YAML with the roots that its plugins read", () => {
    expect(Object.keys(configuration).toSorted()).toEqual(["jenkins", "jobs", "unclassified"]);
  });
  test("holds no secret: each is a variable", () => {
    const values = [...text.matchAll(/^\s*\w*(?:password|secret|token|privateKey): (.*)$/gim)].map(
      ([, value]) => value,
    );
    expect(values).toHaveLength(3);
    expect(values.filter((value) => !/^"\$\{[A-Z_]+(?::-)?\}"$/.test(value ?? ""))).toEqual([]);
  });

  test.each([...variables])("%s is explained in the page", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  test.each([
    "mlops-build",
    "mlops-plan",
    "mlops-apply",
    "mlops-forks",
    "jenkins-log",
    "prodAccount",
    "requireApproval",
  ])("the page tells of %s", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  test("runs no build on the server itself, and has an agent for each label that the pipelines ask for, but for forks", () => {
    expect(configuration).toMatchObject({ jenkins: { numExecutors: 0 } });
    const asked = new Set(pipelines.match(/(?<=')mlops-\w+(?=')/g));
    expect([...asked].toSorted()).toEqual(
      ["mlops-forks", ...nodes().map(({ labelString }) => labelString)].toSorted(),
    );
  });

  // https://plugins.jenkins.io/job-restrictions: a node takes what matches as a whole, and everything where the pattern is none.
  // A pipeline's step asks as "<full name of its job>/part of <job> #<build>".
  test.each<[string, readonly string[]]>([
    ["mlops-apply", ["mlops/main", "mlops/build", "mlops/deploy", "mlops/drift"]],
    ["mlops-plan", ["mlops-pull-requests/PR-7"]],
  ])("an agent %s takes builds of %j, and of no other job, whatever label it asks for", (label, own) => {
    const node = nodes().find(({ labelString }) => labelString === label);
    const restriction = node?.nodeProperties?.find((property) => "jobRestrictionProperty" in property);
    const { regexExpression = "" } =
      restriction?.jobRestrictionProperty?.jobRestriction.regexNameRestriction ?? {};
    const takes = (name: string): boolean =>
      new RegExp(`^(?:${regexExpression})$`).test(`${name}/part of ${name} #3`);
    const names = [
      ...["main", "build", "deploy", "drift", "other"].map((job) => `mlops/${job}`),
      ...["mlops", "main", "mlops-pull-requests/PR-7"],
      ...["mlops-pull-requests", "other/mlops/main", "mlops-pull-requests/mlops/main", "mlops/mainly"],
    ];
    expect(names.filter(takes)).toEqual(
      label === "mlops-plan" ? [...own, "mlops-pull-requests", "mlops-pull-requests/mlops/main"] : own,
    );
  });

  test("the agent that plans pull requests has a role to read with, and the one that verifies has none", () => {
    const [build, plan] = ["mlops-build", "mlops-plan"].map((label) =>
      nodes().find(({ labelString }) => labelString === label),
    );
    expect(JSON.stringify(plan?.nodeProperties)).toContain('"key":"MLOPS_ROLE","value":"${MLOPS_PLAN_ROLE}"');
    expect(build?.nodeProperties).toBeUndefined();
  });

  test("nobody but an administrator configures jobs or replays a build with another pipeline", () => {
    const { entries } = (configuration as { jenkins: { authorizationStrategy: { globalMatrix: Matrix } } })
      .jenkins.authorizationStrategy.globalMatrix;
    expect(entries).toEqual([
      { user: { name: "admin", permissions: ["Overall/Administer"] } },
      {
        group: {
          name: "authenticated",
          permissions: ["Overall/Read", "Job/Read", "Job/Build", "Job/Cancel"],
        },
      },
    ]);
  });

  test("gives the seed every variable that it reads, before it runs it", () => {
    const { jobs } = configuration as { jobs: readonly Readonly<Record<string, object>>[] };
    expect(jobs.map((job) => Object.keys(job))).toEqual([["providedEnv"], ["file"]]);
    const used = new Set(
      fileOf("jenkins/seed.groovy")
        .replaceAll(/'[^'\n]*'/g, "")
        .match(/\b[A-Z]{3,}(?:_[A-Z]+)+\b/g),
    );
    expect(Object.keys(jobs[0]?.providedEnv ?? {}).toSorted()).toEqual([...used].toSorted());
  });

  test("gives the pipelines the server's variables that they read", () => {
    const given = [...text.matchAll(/key: ([A-Z_]+)/g)].map(([, name]) => name);
    const read = new Set([...pipelines.matchAll(/env\.([A-Z_]+)/g)].map(([, name = ""]) => name));
    const ofJenkins =
      /^(BRANCH_NAME|BUILD_URL|CHANGE_\w+|GIT_\w+|PLANNED_COMMIT|RELEASING_COMMIT|PLAN_DIGEST|APPROVED_BY|MODEL_PACKAGE_ARN)$/;
    const ofOneNode = ["MLOPS_ROLE"];
    expect([...read, ...ofOneNode].filter((name) => !ofJenkins.test(name)).toSorted()).toEqual(
      given.toSorted(),
    );
  });
});

interface Node {
  readonly labelString: string;
  readonly nodeProperties?: readonly {
    readonly jobRestrictionProperty?: {
      readonly jobRestriction: { readonly regexNameRestriction: { readonly regexExpression: string } };
    };
  }[];
}

interface Matrix {
  readonly entries: readonly object[];
}

/** Reads YAML by the Python of the test environment, which has a parser. */
async function readYaml(text: string): Promise<Record<string, unknown>> {
  const program = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
  const { stdout } = await execa(process.env.MLOPS_PYTHON ?? "python3", ["-c", program], { input: text });
  return JSON.parse(stdout) as Record<string, unknown>;
}

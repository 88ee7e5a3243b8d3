import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./support/builds";
import { describeWithJava } from "./support/describe-with-java";
import type { Event } from "./support/events";
import { runJobDsl, setUpMilliseconds } from "./support/harness";

const seed = fileOf("jenkins/seed.groovy");
const variables = {
  REPOSITORY_URL: "https://github.com/acme/ml-platform.git",
  REPOSITORY_USER: "bot",
  REPOSITORY_TOKEN: "token of main",
  PULL_REQUESTS_TOKEN: "token of pull requests",
  PROD_ACCOUNT: "222222222222",
};

describeWithJava("seed.groovy", () => {
  jest.setTimeout(setUpMilliseconds);
  let jobs: Event[];
  beforeAll(async () => {
    jobs = await runJobDsl(seed, variables);
  });
  const job = (name: string): unknown => jobs.find((candidate) => candidate.name === name);

  test("describes the pipeline job, the nightly job and, elsewhere, the job for pull requests", () => {
    expect(jobs.map(({ kind, name }) => [kind, name])).toEqual([
      ["folder", "mlops"],
      ["pipelineJob", "mlops/main"],
      ["pipelineJob", "mlops/build"],
      ["pipelineJob", "mlops/deploy"],
      ["pipelineJob", "mlops/drift"],
      ["multibranchPipelineJob", "mlops-pull-requests"],
    ]);
  });

  const credentials = (id: string, password: string) => ({
    folderCredentialsProperty: {
      domainCredentials: {
        domainCredentials: {
          credentials: { usernamePassword: { scope: "GLOBAL", id, username: "bot", password } },
        },
      },
    },
  });

  test("each folder has credentials of its own, so that no pull request can use those of main", () => {
    expect(job("mlops")).toMatchObject({ body: { properties: credentials("repository", "token of main") } });
    expect(job("mlops-pull-requests")).toMatchObject({
      body: { properties: credentials("pull-requests", "token of pull requests") },
    });
    expect(JSON.stringify(job("mlops-pull-requests"))).not.toContain("token of main");
  });

  test("a pull request runs main's Jenkinsfile, whatever it makes of its own", () => {
    expect(job("mlops-pull-requests")).toMatchObject({
      body: {
        factory: {
          remoteJenkinsFileWorkflowBranchProjectFactory: {
            matchBranches: false,
            fallbackBranch: "main",
            remoteJenkinsFile: "Jenkinsfile",
            remoteJenkinsFileSCM: {
              gitSCM: {
                userRemoteConfigs: {
                  userRemoteConfig: {
                    url: "https://github.com/acme/ml-platform.git",
                    credentialsId: "pull-requests",
                  },
                },
                branches: { branchSpec: { name: "*/main" } },
              },
            },
          },
        },
      },
    });
  });

  test("the pipeline job runs Jenkinsfile from main with the parameter prodAccount, one build at a time", () => {
    expect(job("mlops/main")).toMatchObject({
      body: {
        parameters: { stringParam: ["prodAccount", "222222222222", "Account to apply to."] },
        properties: { disableConcurrentBuilds: [], pipelineTriggers: { triggers: { pollSCM: {} } } },
        definition: {
          cpsScm: {
            scm: {
              git: {
                remote: { url: variables.REPOSITORY_URL, credentials: "repository" },
                branch: "*/main",
              },
            },
            scriptPath: "Jenkinsfile",
          },
        },
      },
    });
  });

  test("defect 12.5: the build job asks main for commits every minute by hash, one build at a time, and has no parameter", () => {
    expect(job("mlops/build")).toMatchObject({
      body: {
        properties: {
          disableConcurrentBuilds: [],
          pipelineTriggers: { triggers: { pollSCM: { scmpoll_spec: "H/1 * * * *" } } },
        },
        definition: {
          cpsScm: { scm: { git: { branch: "*/main" } }, scriptPath: "jenkins/build.Jenkinsfile" },
        },
      },
    });
    expect(JSON.stringify(job("mlops/build"))).not.toMatch(/Param|authenticationToken/);
  });

  test("the deploy job takes the version as its parameter, runs main's file, and starts by nothing but whoever asks", () => {
    expect(job("mlops/deploy")).toMatchObject({
      body: {
        parameters: { stringParam: ["MODEL_PACKAGE_ARN", "", "ARN of an approved version."] },
        definition: {
          cpsScm: { scm: { git: { branch: "*/main" } }, scriptPath: "jenkins/deploy.Jenkinsfile" },
        },
      },
    });
    expect(JSON.stringify(job("mlops/deploy"))).not.toMatch(/trigger|authenticationToken/i);
  });

  test("the nightly job runs drift once a night, from main", () => {
    expect(job("mlops/drift")).toMatchObject({
      body: {
        properties: { pipelineTriggers: { triggers: { cron: { spec: "H 3 * * *" } } } },
        definition: {
          cpsScm: { scm: { git: { branch: "*/main" } }, scriptPath: "jenkins/drift.Jenkinsfile" },
        },
      },
    });
  });

  test("pull requests are built as they would be merged, and neither forks nor branches are", () => {
    expect(job("mlops-pull-requests")).toMatchObject({
      body: {
        branchSources: {
          branchSource: {
            source: {
              github: {
                repositoryUrl: "https://github.com/acme/ml-platform",
                repoOwner: "acme",
                repository: "ml-platform",
                traits: { gitHubPullRequestDiscovery: { strategyId: 1 } },
              },
            },
          },
        },
      },
    });
    expect(JSON.stringify(job("mlops-pull-requests"))).not.toMatch(/ForkDiscovery|BranchDiscovery/);
  });

  test.each(["git@github.com:acme/ml-platform.git", "https://github.com/acme/ml-platform"])(
    "knows GitHub by the address %s",
    async (REPOSITORY_URL) => {
      const described = await runJobDsl(seed, { ...variables, REPOSITORY_URL });
      expect(JSON.stringify(described.at(-1))).toContain('"repository":"ml-platform"');
    },
  );

  test("a repository elsewhere gets the jobs that need only Git", async () => {
    const elsewhere = { ...variables, REPOSITORY_URL: "https://git.example.com/ml.git" };
    const described = await runJobDsl(seed, elsewhere);
    expect(described.map(({ name }) => name)).toEqual([
      "mlops",
      "mlops/main",
      "mlops/build",
      "mlops/deploy",
      "mlops/drift",
    ]);
  });

  test("every pipeline file that a job names is there", () => {
    const paths = [...JSON.stringify(jobs).matchAll(/"(?:scriptPath|remoteJenkinsFile)":"([^"]+)"/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths).toHaveLength(5);
    expect(paths.filter((path) => !existsSync(join(__dirname, "../..", path)))).toEqual([]);
  });

  test("a missing variable is said by its name", async () => {
    const { PROD_ACCOUNT, ...others } = variables;
    expect(PROD_ACCOUNT).not.toBe("");
    const described = await runJobDsl(seed, others);
    expect(described.at(-1)).toMatchObject({
      event: "refused",
      message: expect.stringContaining("PROD_ACCOUNT") as string,
    });
  });

  test("a call that Job DSL does not have there is refused", async () => {
    const described = await runJobDsl("pipelineJob('a') { definition { cpsScm { branch('x') } } }", {});
    expect(described).toMatchObject([{ event: "refused", message: "cpsScm { } has no branch" }]);
  });
});

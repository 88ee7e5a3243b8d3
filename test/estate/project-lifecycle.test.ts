import { randomBytes } from "node:crypto";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { findProject } from "../../operate/projects";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";
import { jsonOf, type Ran } from "../unit/cli/support";
import { archiveOf } from "../unit/lambdas/seed-repository/support/archive";
import { expectManyFiles, manyFiles, programs } from "../unit/lambdas/seed-repository/support/many-files";
import { commit } from "../unit/lambdas/seed-repository/support/seeding";
import { git } from "./support/projects/github";
import { Offering, onGithub, onGitlab } from "./support/projects/offering";
import { plant } from "./support/projects/planted";
import { seedByStack } from "./support/projects/seeding-stack";
import { nothing, standing } from "./support/projects/standing";
import { Studio, type Route } from "./support/projects/studio";
import { placesOf } from "./support/projects/written";

const tokenLike = () => `glpat-${randomBytes(15).toString("base64url")}`;
const [token, revoked] = [tokenLike(), tokenLike()];
/** As long as AWS lets a name be. */
const longest = "loans-of-small-firms-in-the-west";

/** From creation to deletion, with what goes wrong between, on a local AWS in which policies count. */
describe("a project's life", () => {
  const folder = temporaryFolder();
  let offering: Offering;

  beforeAll(async () => {
    offering = await Offering.start(folder, [
      { value: token, scopes: ["api"] },
      { value: revoked, scopes: ["api"], expired: true },
    ]);
  });
  afterAll(() => offering.stop());

  /** Folder of a repository on GitLab. */
  const of = (name: string) => offering.gitlab.store.project(`ml/${name}`)?.bare ?? "";
  const commits = (bare: string) => git(bare, "log", "--format=%H", "main").split("\n");
  const failed = ({ code, out }: Ran, reason: string): void => {
    expect([code, out]).toEqual([1, expect.stringContaining(reason)]);
  };
  const refused = ({ code, err }: Ran, reason: string): void => {
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  };
  const done = ({ code, out, err }: Ran): string => {
    expect([code, code === 0 ? "" : `${out}${err}`]).toEqual([0, ""]);
    return out;
  };
  const idOf = async (name: string) =>
    (jsonOf(await offering.run(`show prod ${name} --json`)) as { readonly id: string }).id;

  test.each<[string, string, () => Promise<void>]>([
    ["an empty secret", "The secret ci/gitlab-projects cannot be read", () => Promise.resolve()],
    ["a revoked token", "it does not know the token, or the token has", () => offering.putToken(revoked)],
    ["a server that is down", "No answer of https://gitlab.example.com: not", () => offering.gitlab.die()],
  ])("%s is the reason that is told, and nothing stays", async (_, reason, prepare) => {
    await prepare();
    failed(await offering.create("gitlab", longest, onGitlab(longest)), reason);
    expect(done(await offering.run(`show prod ${longest}`))).toContain(reason);
    expect(done(await offering.delete(longest))).toMatch(/These stay: what lies below p-\w+\/ in the bucket/);
    expect(await standing(offering.access)).toEqual(nothing);
    expect(offering.gitlab.store.projects).toEqual([]);
  });

  test("of one that fails in the middle it is told what is there, and a second try completes it", async () => {
    const { gitlab } = offering;
    await offering.putToken(token);
    await gitlab.revive();
    gitlab.behaviour = (request) => (request.includes(`/${longest}-deploy.git`) ? "broken" : "normal");
    const first = await offering.create("gitlab", longest, onGitlab(longest));
    failed(first, `ml/${longest}-deploy: the Git server answered 502: its own fault`);
    failed(first, `; ml/${longest}-deploy stands on GitLab, unfinished`);
    failed(first, `Filled all the same: gitlab:ml/${longest}-build\n`);
    gitlab.behaviour = "normal";
    refused(
      await offering.create("gitlab", longest, onGitlab(longest)),
      `mlops projects delete prod ${longest}`,
    );
    done(await offering.delete(longest));
    done(await offering.create("gitlab", longest, onGitlab(longest)));
    const projectId = await idOf(longest);
    for (const [name, count] of Object.entries({ build: 2, deploy: 1 })) {
      expect(commits(of(`${longest}-${name}`))).toHaveLength(count);
      const file = git(of(`${longest}-${name}`), "show", "main:project.json");
      expect(JSON.parse(file)).toMatchObject({ projectId, projectName: longest });
    }
  });

  test("repositories that are another project's, or that people have worked on, are left alone", async () => {
    const others = commits(of(`${longest}-deploy`));
    const taken = { ...onGitlab("fraud"), ModelDeployCodeRepositoryName: `${longest}-deploy` };
    failed(
      await offering.create("gitlab", "fraud", taken),
      `ml/${longest}-deploy: the name is taken on GitLab`,
    );
    done(await offering.delete("fraud"));
    done(await offering.create("gitlab", "fraud", onGitlab("fraud")));
    expect(commits(of(`${longest}-deploy`))).toEqual(others);
    commit(of("fraud-build"), { "model.py": "our own" });
    const [own] = commits(of("fraud-build"));
    done(await offering.delete("fraud"));
    failed(
      await offering.create("gitlab", "fraud", onGitlab("fraud")),
      "ml/fraud-build: the branch main must be empty, but for a README",
    );
    expect(commits(of("fraud-build"))[0]).toBe(own);
    done(await offering.delete("fraud"));
  });

  test("a deleted project leaves what people have, whoever stops watching", async () => {
    const [id, s3] = [await idOf(longest), new S3Client(offering.access)];
    const place = { Bucket: "mlops-prod-projects-222222222222", Key: `${id}/model.tar.gz` };
    await s3.send(new PutObjectCommand({ ...place, Body: "a model" }));
    const pressed = await offering.delete(longest, () => process.emit("SIGINT"));
    expect([pressed.code, pressed.err]).toEqual([
      130,
      expect.stringContaining("AWS goes on with it: mlops projects show prod"),
    ]);
    const sagemaker = new SageMakerClient(offering.access);
    await until("the project is gone", async () =>
      (await findProject(sagemaker, longest)) ? undefined : true,
    );
    const { groups, ...left } = await standing(offering.access);
    expect({ ...left, groups: [] }).toEqual(nothing);
    expect(groups).toContain(`${longest}-${id}`);
    expect((await s3.send(new HeadObjectCommand(place))).ContentLength).toBe("a model".length);
    expect(commits(of(`${longest}-build`))).toHaveLength(2);
    refused(await offering.delete(longest), `has no project "${longest}"`);
  });

  test("its name is free again, for GitHub, once the connection is completed and repositories are empty", async () => {
    const { github, applied, access } = offering;
    const names = ["build", "deploy"].map((name) => `example/${longest}-${name}`);
    const [, bare = ""] = names.map((name) => github.add(name));
    failed(
      await offering.create("jenkins", longest, onGithub(longest)),
      "a person must complete the connection in the console",
    );
    done(await offering.delete(longest));
    await github.complete(applied.localAws, access, names);
    commit(bare, { "model.py": "our own" });
    failed(
      await offering.create("jenkins", longest, onGithub(longest)),
      `example/${longest}-deploy: the branch main must be empty, but for a README`,
    );
    git(bare, "update-ref", "-d", "refs/heads/main");
    done(await offering.delete(longest));
    done(await offering.create("jenkins", longest, onGithub(longest)));
    expect(commits(bare)).toHaveLength(1);
  });

  test.each<Route>(["catalog", "S3"])(
    "by Studio's route %s, names and addresses are refused as AWS does",
    async (route) => {
      const studio = new Studio(offering.studio, { name: "prod", account: "222222222222" });
      const make = (name: string) => studio.create(route, "gitlab", name, onGitlab("other"));
      const broken = "failed to satisfy constraint: Member must";
      await expect(make(`${longest}s`)).rejects.toThrow(`${broken} have length less than or equal to 32`);
      await expect(make("loans-")).rejects.toThrow(`${broken} satisfy regular expression pattern`);
      await expect(make(longest)).rejects.toThrow(`Project ${longest} already exists`);
      const url = "https://github.com/somebody/fraud-build";
      const foreign = `foreign-${route.toLowerCase()}`;
      await studio.create(route, "jenkins", foreign, {
        ...onGithub("fraud"),
        ModelBuildCodeRepositoryURL: url,
      });
      expect(await studio.failureOf(foreign)).toContain(`not the address of example/fraud-build: ${url}`);
      done(await offering.delete(foreign));
    },
  );

  test("binary files, programs, names with spaces and a hundred files arrive byte for byte", async () => {
    const archive = await archiveOf(manyFiles, programs);
    expect(await seedByStack(offering.access, "ml/files", archive)).toBe("CREATE_COMPLETE");
    expectManyFiles(of("files"));
  });

  test("no token is written anywhere where one that is planted would be found", async () => {
    const control = tokenLike();
    const planted = await plant(control, offering, of("files"));
    expect(await placesOf({ token, revoked, control }, offering, folder)).toEqual({
      ...{ token: [], revoked: [], control: planted },
    });
  });
});

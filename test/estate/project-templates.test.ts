import { refusals } from "../../emulator/local-aws";
import { describeWithSdk } from "../support/with-sdk";
import { drillGitlab } from "./support/projects/gitlab-drill";
import { drillJenkinsBatch } from "./support/projects/jenkins-batch-drill";
import { drillJenkins } from "./support/projects/jenkins-drill";
import { Stage, stack } from "./support/projects/stage";

/** From a template in the catalog to what scores: what people and CI do, on a local AWS in which policies count. */
describeWithSdk("projects of the templates", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage.stop());

  test("templates that are asked for are a stack that is added, and the Jenkins server may be their CI", async () => {
    const { offering } = stage;
    const { create, change, ...others } = await offering.planned([stack, "jenkins"]);
    expect(create?.filter((each) => !each.startsWith(stack))).toEqual([]);
    expect(change).toEqual([expect.stringMatching(/^jenkins aws_iam_role_policy\.server-role/)]);
    expect(others).toEqual({});
    expect(await offering.apply([stack, "jenkins"])).toEqual({ [stack]: "applied", jenkins: "applied" });
    expect(await offering.planned([stack, "jenkins"])).toEqual({});
    await stage.connectGithub();
  });

  drillJenkins(() => stage);
  drillJenkinsBatch(() => stage);
  drillGitlab(() => stage);

  test("nobody was refused anything", async () => {
    expect(await refusals(stage.applied.localAws)).toEqual([]);
  });
});

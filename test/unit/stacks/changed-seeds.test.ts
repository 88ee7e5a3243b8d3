import { changeSeed } from "../../support/changing-seeds";
import { id, offering, servers, user } from "../../support/offering";
import { resources } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

jest.mock("../../fixtures/seed-folders", () => jest.requireActual<object>("../../support/changing-seeds"));

/** Hash of each object's content, by its key, in which versions in the catalog have theirs. */
function objects(): Record<string, unknown> {
  const stack = stackOf(changedStacks(offering({ users: [user], ...servers })), id);
  return Object.fromEntries(
    resources(stack, "aws_s3_object").map(({ key, source_hash: hash, content, etag }) => [
      String(key),
      hash ?? content ?? etag,
    ]),
  );
}

test("a seed that repositories share: what has it changes in each template, and each version in the catalog is another object", () => {
  const before = objects();
  changeSeed("shared/jobs/README.md", "# Jobs of another kind\n");
  const after = objects();
  const [gone, added] = [
    Object.keys(before).filter((key) => !(key in after)),
    Object.keys(after).filter((key) => !(key in before)),
  ];
  const versions = ["gitlab", "jenkins-batch", "jenkins"].map(
    (name) => expect.stringMatching(`^catalog/${name}/1-[0-9a-f]{12}\\.json$`) as unknown,
  );
  expect([gone.toSorted(), added.toSorted()]).toEqual([versions, versions]);
  const changed = Object.keys(after).filter((key) => key in before && after[key] !== before[key]);
  const repositories = [
    "gitlab/1/build",
    ...["build", "deploy", "preprocess"].map((name) => `jenkins-batch/1/${name}`),
    "jenkins/1/build",
  ];
  expect(changed.toSorted()).toEqual(repositories.map((each) => `seeds/${each}.tar.gz`));
});

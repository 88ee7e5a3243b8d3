import { fileOf } from "./support/builds";

/** What only an administrator's script may touch: Jenkins' own objects, classes by their packages, libraries from elsewhere. */
const wantsApproval =
  /\bJenkins\.|\bjenkins\.model\b|\bhudson\.|\brawBuild\b|@Grab\b|\bimport\s|\.class\b|\bevaluate\s*\(/;

const files = [
  "Jenkinsfile",
  ...["build", "deploy", "drift"].map((name) => `jenkins/${name}.Jenkinsfile`),
  "jenkins/seed.groovy",
  ...["shared/jenkins-build", "shared/jenkins-deploy", "jenkins-batch/seed/preprocess"].flatMap((folder) => [
    `templates/${folder}/Jenkinsfile`,
    `templates/${folder}/jenkins/jobs.groovy`,
  ]),
];

test.each(files)(
  "defect 12.6: %s touches nothing that an administrator would have to approve first",
  (file) => {
    expect(wantsApproval.exec(fileOf(file))?.[0]).toBeUndefined();
  },
);

test("defect 12.6: how the peers' jobs find their credential is such a thing", () => {
  expect("def job = Jenkins.getInstance().getItemByFullName(JOB_NAME)").toMatch(wantsApproval);
});

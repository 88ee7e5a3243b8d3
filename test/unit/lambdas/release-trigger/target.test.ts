import { targetOf } from "../../../../lambdas/release-trigger/target";

const jenkins = { url: "https://ci.example.com" };
const gitlab = { url: "https://gitlab.example.com", secret: "gitlab-token" };

test("is what the settings name, for events that name nothing", () => {
  expect(targetOf({ jenkins: { ...jenkins, job: "mlops/deploy" } }, undefined)).toEqual({
    jenkins: { ...jenkins, job: "mlops/deploy" },
  });
  expect(targetOf({ gitlab: { ...gitlab, project: "7", ref: "main" } }, undefined)).toEqual({
    secret: "gitlab-token",
    gitlab: { url: gitlab.url, project: "7", ref: "main" },
  });
});

test("defect: 18.3 the project is the one that the rule names, whole, and never found by a search", () => {
  const release = { gitlab: { project: "ml/churn-p-1-deploy", ref: "main" } };
  expect(targetOf({ jenkins, gitlab }, release)).toEqual({
    secret: "gitlab-token",
    gitlab: { url: gitlab.url, ...release.gitlab },
  });
  expect(targetOf({ jenkins, gitlab }, { jenkins: { job: "churn-p-1/deploy" } })).toEqual({
    jenkins: { ...jenkins, job: "churn-p-1/deploy" },
  });
});

test.each([
  ["..", "../admin"],
  ["a way up within", "churn/../admin"],
  ["a slash at the end", "churn/"],
  ["an absolute path", "/churn"],
  ["a query", "churn?token=x"],
  ["an encoded slash", "churn%2fadmin"],
  ["a line break", "churn\nadmin"],
  ["nothing", ""],
])("refuses a job whose name has %s", (_what, job) => {
  expect(() => targetOf({ jenkins }, { jenkins: { job } })).toThrow("release must have a job of letters");
  expect(() => targetOf({ gitlab }, { gitlab: { project: job, ref: "main" } })).toThrow(
    "release must have a project of letters",
  );
  expect(() => targetOf({ gitlab }, { gitlab: { project: "ml/churn", ref: job } })).toThrow(
    "release must have a ref of letters",
  );
});

test("says what settings or event lack", () => {
  expect(() => targetOf({}, undefined)).toThrow("The variable CI must name a Jenkins or a GitLab");
  expect(() => targetOf({ jenkins }, undefined)).toThrow("The event must have a release");
  expect(() => targetOf({ jenkins }, { gitlab: { project: "a", ref: "main" } })).toThrow(
    "release names gitlab, and the variable CI has no server of it",
  );
  expect(() => targetOf({ jenkins }, {})).toThrow("release must name one job");
  const both = { jenkins: { job: "a" }, gitlab: { project: "a", ref: "b" } };
  expect(() => targetOf({ jenkins, gitlab }, both)).toThrow("release must name one job");
});

test("an event does not name another job than the settings do", () => {
  const settings = { jenkins: { ...jenkins, job: "mlops/deploy" } };
  expect(() => targetOf(settings, { jenkins: { job: "other" } })).toThrow("must not name what the variable");
});

import { createHash } from "node:crypto";
import { join } from "node:path";
import { imageRepositoryName } from "../../../../core/naming";
import { imageProblem, programOf, versionNote } from "../../../../emulator/runner/jobs/images";
import { repository } from "../../../../tools/paths";

const registry = "683313688378.dkr.ecr.us-east-1.amazonaws.com";
const analyzer = "156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer";

test.each([
  [`${registry}/sagemaker-xgboost:3.0-5`, "training", "IMAGE_VERSION=3.0-5 python3 -m xgboost_image train"],
  [
    `${registry}/sagemaker-xgboost:1.0-1-cpu-py3`,
    "transform",
    "IMAGE_VERSION=1.0-1 python3 -m xgboost_image transform",
  ],
  [
    "111122223333.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
    "training",
    "IMAGE_VERSION=1.7-1 python3 -m xgboost_image train",
  ],
  [analyzer, "processing", "python3 -m model_monitor"],
] as const)("the image %s has a program for %s", (image, use, program) => {
  const command = programOf(image, use) ?? [];
  expect(command.join(" ")).toMatch(new RegExp(`^env PYTHONPATH=/.*/emulator/containers ${program}$`));
});

test.each([
  [`${registry}/sagemaker-xgboost:1.7-1`, "training", /FRAMEWORK=sagemaker-xgboost .* -m script_mode train$/],
  [
    `${registry}/sagemaker-scikit-learn:1.2-1-cpu-py3`,
    "transform",
    /FRAMEWORK=sagemaker-scikit-learn .* -m own_container transform .*script_mode\/image$/,
  ],
  [
    `111122223333.dkr.ecr.us-east-1.amazonaws.com/${imageRepositoryName("our-project", "iris")}:1`,
    "training",
    /exec train /,
  ],
] as const)("the image %s has a program for %s with a script", (image, use, program) => {
  expect(programOf(image, use, true)?.join(" ")).toMatch(program);
});

test("an image of AWS's that takes no scripts has no program for one", () => {
  expect(programOf(`${registry}/sagemaker-xgboost:4`, "training", true)).toBeUndefined();
  expect(programOf(`${registry}/sagemaker-xgboost:1.7-1`, "processing", true)).toBeUndefined();
});

test("an image of a model's own repository has the programs in the model's folder; one of a repository without any has none", () => {
  const own = `111122223333.dkr.ecr.us-east-1.amazonaws.com/${imageRepositoryName("our-project", "iris")}@sha256:${"0".repeat(64)}`;
  const folder = join(repository, "pipelines/iris/container");
  expect(programOf(own, "training")).toEqual([
    "sh",
    "-c",
    'PATH="$0:$PATH" PYTHONPATH="$0" exec train',
    folder,
  ]);
  expect(programOf(own, "transform")?.slice(2)).toEqual([
    "python3",
    "-m",
    "own_container",
    "transform",
    folder,
  ]);
  expect(programOf(own, "processing")).toBeUndefined();
  expect(programOf(own.replace("-iris", "iris"), "training")).toBeUndefined();
  expect(programOf("localhost:5000/our-iris", "training")).toBeUndefined();
});

test("an image by the digest that a registered version has is the one of its tag; any other digest is not known", () => {
  const digest = createHash("sha256").update("sagemaker-xgboost:1.7-1-cpu-py3").digest("hex");
  const image = `${registry}/sagemaker-xgboost@sha256:${digest}`;
  expect(programOf(image, "transform")?.join(" ")).toMatch(/IMAGE_VERSION=1.7-1 /);
  expect(imageProblem(image)).toBeUndefined();
  expect(versionNote(image)).toContain("the image is sagemaker-xgboost:1.7-1;");
  expect(programOf(`${registry}/sagemaker-xgboost@sha256:${"0".repeat(64)}`, "transform")).toBeUndefined();
});

test.each([
  [`${registry}/sagemaker-xgboost:3.0-5`, "processing"],
  [`${registry}/sagemaker-scikit-learn:1.4-2-cpu-py3`, "training"],
  ["111122223333.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:ours", "training"],
  ["", "transform"],
] as const)("the image %j has none for %s", (image, use) => {
  expect(programOf(image, use)).toBeUndefined();
});

test.each([
  `${registry}/sagemaker-xgboost:1.7-1`,
  `${registry}/sagemaker-xgboost:0.90-2-cpu-py3`,
  `${registry}/sagemaker-scikit-learn:0.23-1-cpu-py3`,
  `${registry}/sagemaker-scikit-learn:1.4-2-py312-cpu-py3`,
  "450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:3.0-5",
  analyzer,
  `${analyzer}:latest`,
  "111122223333.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", // a copy
  "111122223333.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:ours",
  "111122223333.dkr.ecr.us-east-1.amazonaws.com/our/model:latest",
  "localhost:5000/model",
])("nothing is wrong with %s", (image) => {
  expect(imageProblem(image)).toBeUndefined();
});

const versions = "its SDK knows 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, 3.2-0";

test.each([
  [
    `${registry}/sagemaker-xgboost:latest`,
    `AWS publishes no such version of sagemaker-xgboost (${versions})`,
  ],
  [`${registry}/sagemaker-xgboost`, `AWS publishes no such version of sagemaker-xgboost (${versions})`],
  [`${registry}/sagemaker-xgboost:1.7-1-cpu-py2`, "AWS publishes no such version of sagemaker-xgboost"],
  [
    `${registry}/sagemaker-scikit-learn:0.24-1-cpu-py3`,
    "AWS publishes no such version of sagemaker-scikit-learn (its SDK knows 0.20.0, 0.23-1, 1.0-1, 1.2-1, 1.4-2, 1.4-2-py312)",
  ],
  [
    `${analyzer}:1.0`,
    "AWS publishes no such version of sagemaker-model-monitor-analyzer (its SDK knows no tags)",
  ],
  [
    `${registry}/sagemaker-xgboost@sha256:abc`,
    "the runner knows sagemaker-xgboost by its versions, not by digests",
  ],
  [
    "683313688378.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:3.0-5",
    "AWS publishes sagemaker-xgboost of eu-west-1 in account 141502667606",
  ],
  [
    `${registry}/sagemaker-model-monitor-analyzer`,
    "AWS publishes sagemaker-model-monitor-analyzer of us-east-1 in account 156813124566",
  ],
  [
    "683313688378.dkr.ecr.us-moon-1.amazonaws.com/sagemaker-xgboost:3.0-5",
    "AWS publishes no sagemaker-xgboost in region us-moon-1",
  ],
])("the image %s is none of AWS's", (image, problem) => {
  expect(imageProblem(image)).toContain(problem);
  expect(imageProblem(image)).toContain(`, got: ${image}`);
});

test("a log says whose libraries a job has, where they are not the image's", () => {
  expect(versionNote(`${registry}/sagemaker-scikit-learn:0.23-1-cpu-py3`)).toBe(
    "Note: the image is sagemaker-scikit-learn:0.23-1; on this machine its libraries are those of 1.4-2",
  );
  expect(versionNote(`${registry}/sagemaker-scikit-learn:1.4-2-cpu-py3`)).toBeUndefined();
  expect(versionNote("111122223333.dkr.ecr.us-east-1.amazonaws.com/our/model:latest")).toBeUndefined();
  expect(versionNote(analyzer)).toBeUndefined();
});

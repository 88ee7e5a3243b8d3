import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderingOf } from "../../../pipelines/python/result";
import { asScripts } from "../../../pipelines/python/uploads";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder();
writeFileSync(join(folder, "one"), "a");
writeFileSync(join(folder, "two"), "b");
const place = { model: "m", dataBucket: "data", folder };
/** The first twelve digits of the SHA-256 of "a". */
const hashOfA = "ca978112ca1b";

test("a file is named by its content, wherever a definition names it, and longer names are left alone", () => {
  const texts = ["s3://x/t/a.py", '"s3://x/t/a.py"', "s3://x/t/a.pyc", "see s3://x/t/a.py, then"];
  const { definitions, scripts } = asScripts({ texts }, [{ uri: "s3://x/t/a.py", file: "one" }], place);
  const uri = `s3://data/m/scripts/${hashOfA}/a.py`;
  expect(definitions.texts).toEqual([uri, `"${uri}"`, "s3://x/t/a.pyc", `see ${uri}, then`]);
  expect(scripts).toEqual([
    { name: `a.py-${hashOfA}`, path: join(folder, "one"), key: `m/scripts/${hashOfA}/a.py` },
  ]);
});

test("a folder that a definition names is one version of all that is in it", () => {
  const uploads = [
    { uri: "s3://x/t/code/b.py", file: "two" },
    { uri: "s3://x/t/code/sub/a.py", file: "one" },
  ];
  const { definitions, scripts } = asScripts({ uri: "s3://x/t/code" }, uploads, place);
  const [, hash = ""] = /^s3:\/\/data\/m\/scripts\/([0-9a-f]{12})\/code$/.exec(definitions.uri) ?? [];
  expect(scripts.map(({ key }) => key)).toEqual([
    `m/scripts/${hash}/code/b.py`,
    `m/scripts/${hash}/code/sub/a.py`,
  ]);
  const withSlash = asScripts({ uri: "s3://x/t/code/" }, uploads, place);
  expect(withSlash.definitions.uri).toBe(`${definitions.uri}/`);
  const other = asScripts({ uri: "s3://x/t/code" }, uploads.slice(0, 1), place);
  expect(other.definitions.uri).not.toBe(definitions.uri);
});

test("what no definition names is refused: rows have no place among scripts", () => {
  const uploads = [{ uri: "s3://x/t/rows.csv", file: "one" }];
  expect(() => asScripts({ uri: "s3://x/other" }, uploads, place)).toThrow(
    "it uploads s3://x/t/rows.csv, which no step refers to: data is brought to S3 beforehand",
  );
});

test("what no definition names goes where the same file is named elsewhere, and is refused where another is", () => {
  const uploads = [
    { uri: "s3://x/job/a.py", file: "one" },
    { uri: "s3://x/t/a.py", file: "one" },
  ];
  const { scripts } = asScripts({ uri: "s3://x/t/a.py" }, uploads, place);
  expect(scripts.map(({ key }) => key)).toEqual([`m/scripts/${hashOfA}/a.py`]);
  const another = [{ uri: "s3://x/job/a.py", file: "two" }, ...uploads.slice(1)];
  expect(() => asScripts({ uri: "s3://x/t/a.py" }, another, place)).toThrow("it uploads s3://x/job/a.py");
});

describe("what is no definition is refused with its place:", () => {
  const rendered = (definition: object) =>
    ({ pipelines: { train: { name: "p", definition } }, uploads: [] }) as never;
  const right = { Version: "2020-12-01", Parameters: [], Steps: [] };
  const gate = { Name: "G", Type: "Condition", Arguments: { IfSteps: [{ Name: "A" }] } };

  test.each<[object, string]>([
    [{ Version: "1" }, "Version must be 2020-12-01"],
    [{ ...right, Parameters: [{ Name: "A" }] }, "Parameters must be a list, each with Name and Type"],
    [{ ...right, Steps: {} }, "Steps must be a list"],
    [
      { ...right, Steps: [{ Name: 1, Type: "Fail", Arguments: {} }] },
      "Steps[0] must have Name, Type and Arguments",
    ],
    [
      { ...right, Steps: [{ Name: "A", Type: "Fail", Arguments: {}, DependsOn: [1] }] },
      "Steps[0].DependsOn must be names of steps",
    ],
    [{ ...right, Steps: [gate] }, "Steps[0].Arguments.IfSteps[0] must have Name, Type and Arguments"],
  ])("%j", (definition, fault) => {
    expect(() => renderingOf(rendered(definition), ["train"])).toThrow(
      `pipeline train: the definition's ${fault}`,
    );
  });

  test("a definition is taken as it is", () => {
    expect(renderingOf(rendered(right), ["train"]).pipelines.train).toEqual({ name: "p", definition: right });
  });
});

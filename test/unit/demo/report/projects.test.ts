import { page } from "../../../../demo/report/html/page";
import type { ProjectReport } from "../../../../demo/report/project-types";
import { projects } from "./fixture/projects";
import { passedDrill } from "./fixture/report";
import { sectionOf, tagProblems, texts } from "./support/tags";

const plain = (text: string): string => text.replaceAll("\u00A0", " ").replaceAll("&#39;", "'");

test("an estate without projects has no section of any; one that has says who did what when, and how good it was wherever it was measured", async () => {
  expect(await page({ ...passedDrill, projects: [] })).not.toContain("Projects</h2>");
  const described = plain(sectionOf(await page(passedDrill), "projects"));
  expect(described).toContain("of template gitlab in dev (111111111111)");
  expect(described).toContain("seeded by commit 4f2c9a1b");
  const [steps = ""] = /<caption>Steps of diagnosis<[^]*?<\/table>/.exec(described) ?? [];
  const order = ["Make and seed", "build", "Start the deployment", "test-staging", "production"];
  expect(order.map((name) => steps.indexOf(`${name} <span`))).toEqual(
    order.map((name) => steps.indexOf(`${name} <span`)).toSorted((one, other) => one - other),
  );
  expect(texts(described, "pre")).toEqual([expect.stringContaining("- version 1, where nothing serves yet")]);
  expect(described).toContain('id="project-1-execution-1"');
});

test("a project that did not come as far as a version is told as far as it came", async () => {
  const { version, staging, question, production, ...rest } = projects[0] ?? ({} as ProjectReport);
  expect([version, staging, question, production]).not.toContain(undefined);
  const told = await page({ ...passedDrill, projects: [{ ...rest, executions: [] }] });
  expect(tagProblems(told)).toEqual([]);
  expect(sectionOf(told, "projects")).not.toMatch(/How good the version is|let it into production|undefined/);
});

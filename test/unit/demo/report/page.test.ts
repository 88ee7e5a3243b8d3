import { page } from "../../../../demo/report/html/page";
import type { DrillReport } from "../../../../demo/report/types";
import { failedDrill, passedDrill } from "./fixture/report";
import { everyText } from "./support/every-text";
import { attribute, sectionOf, tagProblems, texts } from "./support/tags";

const plain = (text: string): string => text.replaceAll("\u00A0", " ").replaceAll("&#39;", "'");

const nothing: DrillReport = {
  startedAt: "2026-11-21T08:12:03Z",
  seconds: 0,
  status: "failed",
  stages: [],
  executions: [],
  versions: [],
  drift: [],
  alerts: [],
  releases: [],
  workflows: [],
  groundTruths: [],
  projects: [],
  roles: [],
  stacks: [],
};

let html = "";
beforeAll(async () => {
  html = await page(passedDrill);
});

test("an estate without a workflow has no section of any; one that has says how each run ended, and each state's time", async () => {
  expect(await page(nothing)).not.toContain("Workflows");
  expect(html).toContain('<h2 id="workflows-heading">Workflows</h2>');
  const told = plain(html);
  for (const end of ["Workflow.Rejected", "Workflow.NotAnswered"]) expect(told).toContain(`Failed: ${end}`);
  expect(told).toContain("4.5 s in 9 visits");
  expect(told).toContain("failed, 1.0 s");
});

test("an estate without ground truth has no section of any; one that has says what its monitor found in each period", async () => {
  expect(await page(nothing)).not.toContain("Ground truth");
  const described = plain(sectionOf(html, "ground-truth"));
  expect(described).toContain("Version 1 of");
  expect(described).toContain("as good as when it was approved");
  expect(described).toContain("rmse 77.4 should be less than threshold 68.2");
  expect(described).toContain('id="ground-truth-1-execution-1"');
});

test("the page begins with the verdict, the total time and the AUC with its interval", () => {
  const [header = ""] = texts(html, "header");
  expect(texts(html, "h1")).toEqual(["Passed: all 16\u00A0stages held"]);
  expect(plain(header)).toMatch(/Total time\s*3 min 14 s[^]*0\.951\s*95 % interval 0\.918 to 0\.985/);
});

test("the parts of the report come in order, and the contents lead to each", () => {
  const ids = [
    "stages",
    "executions",
    "versions",
    "drift",
    "alerts",
    "releases",
    "workflows",
    "ground-truth",
    "projects",
    "roles",
    "stacks",
  ];
  expect([...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(attribute(html, "href").filter((link) => link.startsWith("#"))).toEqual(ids.map((id) => `#${id}`));
});

test.each([
  ["a whole drill", passedDrill],
  ["a drill that failed", failedDrill],
  ["a drill that never began", nothing],
])("%s gives tags that fit each other", async (_, report) => {
  expect(tagProblems(await page(report))).toEqual([]);
});

test("every picture that is more than an ornament has a title and a description", () => {
  const pictures = html.match(/<svg[^>]*>[^]*?<\/svg>/g) ?? [];
  const described = pictures.filter((svg) => !svg.includes('aria-hidden="true"'));
  expect(described).toHaveLength(2 * 5 + 2 + 5 + 1 + 1 + 2 + 3);
  for (const svg of described) {
    const [id = ""] = attribute(svg, "aria-labelledby");
    const [title = "", description = ""] = id.split(" ");
    expect(svg).toContain(`<title id="${title}">`);
    expect(svg).toContain(`<desc id="${description}">`);
  }
});

test("every id is there once, and every reference leads to one", () => {
  const ids = attribute(html, "id");
  expect(new Set(ids).size).toBe(ids.length);
  for (const reference of attribute(html, "aria-labelledby").flatMap((value) => value.split(" ")))
    expect(ids).toContain(reference);
});

test("every table has a caption, and headers for its columns and rows", () => {
  for (const table of html.match(/<table[^]*?<\/table>/g) ?? []) {
    const [head = "", ...rows] = table.match(/<tr>[^]*?<\/tr>/g) ?? [];
    expect(table).toMatch(/<caption>\w[^<]*<\/caption>/);
    expect(head.match(/<th scope="col"/g)?.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toMatch(/^<tr><th scope="row"/);
  }
});

test("the page takes nothing from elsewhere and runs no script", () => {
  expect(html).not.toMatch(/<script|<link|<img|@import|@font-face|url\(|\son\w+="/i);
  expect(attribute(html, "src")).toEqual([]);
  expect(attribute(html, "href").filter((link) => !link.startsWith("#"))).toEqual(["drill-report.json"]);
  expect(html).toContain("default-src &#39;none&#39;");
});

test("the page knows dark screens, narrow ones and paper", () => {
  const [style = ""] = /<style>[^]*<\/style>/.exec(html) ?? [];
  expect(style).toContain("@media screen and (prefers-color-scheme: dark)");
  expect(style).toContain("@media (max-width: 40rem)");
  expect(style).toContain("@media print");
});

test("an execution tells why it failed, what it was started with and by whom", () => {
  const described = plain(sectionOf(html, "executions"));
  expect(described).toContain("Quality check failed. See violation report s3://");
  expect(described).toContain("<dt>AucScoreThreshold</dt><dd>0.5</dd>");
  expect(described).toContain("started by mammo-severity-drift-retraining");
  expect(described).toContain("every one at its default");
  expect(described.match(/<article/g)).toHaveLength(5);
});

test("a version tells its AUC, rows, where it was trained and whether it is approved", () => {
  const [, row] = /<tbody>\s*(<tr>[^]*?<\/tr>)/.exec(sectionOf(html, "versions")) ?? [];
  expect(texts(row ?? "", "td").filter((text) => !text.startsWith("0.5\n"))).toEqual(
    expect.arrayContaining(["0.951 (0.918 to 0.985)", "822", "dev", "Approved"]),
  );
});

test("alerts are there word for word", () => {
  const quoted = texts(sectionOf(html, "alerts"), "pre").map((text) => plain(text));
  expect(quoted).toEqual(passedDrill.alerts.map(({ text }) => text));
});

test("roles and stacks name the accounts as the configuration does", () => {
  expect(sectionOf(html, "roles")).toContain(
    'lambda-sagemaker-role</span> <span class="where">prod (222222222222)',
  );
  expect(sectionOf(html, "stacks")).toContain("registry (333333333333)");
});

test("a drill that failed says where it ended, and what is missing therefore", async () => {
  const failed = await page(failedDrill);
  expect(plain(texts(failed, "h1")[0] ?? "")).toBe("Failed: 1 stage of 7 did not hold");
  for (const id of ["versions", "drift", "alerts"])
    expect(sectionOf(failed, id)).toMatch(
      /class="missing">No [^<]*: the drill ended at \u201CTrain in dev, register in the central account\u201D\./,
    );
  expect(failed).toContain("the drill did not come that far");
});

test("a drill that never began says of every part that it is missing", async () => {
  expect((await page(nothing)).match(/class="missing"/g)).toHaveLength(8);
});

test("no text of the report can become markup", async () => {
  const hostile = await page(everyText(passedDrill, (text) => `${text}"'><script>alert(1)</script><!--&`));
  expect(tagProblems(hostile)).toEqual([]);
  expect(hostile).not.toContain("<script");
  expect(hostile).not.toContain("<!--");
});

test("numbers that cannot be drawn do not spoil the page", async () => {
  const empty = { present: 0, missing: 0, buckets: [] };
  const odd = await page({
    ...passedDrill,
    seconds: Number.NaN,
    drift: [{ name: "_c0", title: "_c0", baseline: empty, batch: empty, violations: [] }],
    versions: passedDrill.versions.map((version) => ({ ...version, curve: [] })),
    stacks: passedDrill.stacks.map((stack) => ({ ...stack, resources: 0, seconds: 0 })),
  });
  expect(odd.replace(/<style>[^]*<\/style>/, "")).not.toMatch(/NaN|Infinity|undefined/);
  expect(odd).toContain("Its ROC curve is not known.");
});

test("the same report gives the same page", async () => {
  expect(await page(passedDrill)).toBe(html);
});

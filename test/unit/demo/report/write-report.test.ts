import { link, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeReport } from "../../../../demo/report";
import { temporaryFolder } from "../../../support/temporary-folder";
import { failedDrill, passedDrill } from "./fixture/report";

let directory = "";
beforeEach(() => {
  directory = temporaryFolder();
});

test("a report is written as a page and as data, and nothing else is left behind", async () => {
  const files = await writeReport(passedDrill, directory);
  expect((await readdir(directory)).sort()).toEqual(["drill-report.html", "drill-report.json"]);
  expect(files).toEqual({
    html: join(directory, "drill-report.html"),
    json: join(directory, "drill-report.json"),
  });
  expect(await readFile(files.html, "utf8")).toMatch(/^<!doctype html>\n<html lang="en">/);
});

test("the data are the report itself", async () => {
  const { json } = await writeReport(passedDrill, directory);
  expect(JSON.parse(await readFile(json, "utf8"))).toEqual(passedDrill);
});

test("a later report takes the place of an earlier one at once, not bit by bit", async () => {
  const earlier = join(directory, "drill-report.html");
  await writeFile(earlier, "earlier");
  await link(earlier, join(directory, "open in a browser"));
  const { html } = await writeReport(failedDrill, directory);
  expect(await readFile(html, "utf8")).toContain("<h1>");
  expect(await readFile(join(directory, "open in a browser"), "utf8")).toBe("earlier");
});

test("a directory that does not exist is an error that names the file", async () => {
  await expect(writeReport(passedDrill, join(directory, "none"))).rejects.toThrow("drill-report.json");
});

import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { page } from "./html/page";
import type { DrillReport } from "./types";

/** Paths of a written report. */
export interface ReportFiles {
  readonly html: string;
  readonly json: string;
}

/**
 * Writes the report as `drill-report.html` (for people, self-contained) and `drill-report.json` (the object itself).
 * @param directory has to exist
 */
export async function writeReport(report: DrillReport, directory: string): Promise<ReportFiles> {
  const files = { html: join(directory, "drill-report.html"), json: join(directory, "drill-report.json") };
  const html = await page(report);
  await replace(files.json, `${JSON.stringify(report, undefined, 2)}\n`);
  await replace(files.html, html);
  return files;
}

/** Writes under a temporary name first, so that a reader never finds half a file. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

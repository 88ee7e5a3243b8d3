import { numberIn, rowsOf } from "./csv";
import type { ColumnDistribution, DriftedColumn } from "../report/types";

interface Violation {
  readonly feature_name: string;
  readonly constraint_check_type: string;
  readonly description: string;
}

/** Texts of the files that a monitored batch is about. */
export interface DriftFiles {
  /** Data set of the baseline: headerless CSV. */
  readonly baseline: string;
  /** The batch: CSV whose first row is its header. */
  readonly batch: string;
  /** `constraint_violations.json`. */
  readonly violations: string;
}

const bucketCount = 10;

/** The columns that a monitor found wanting, baseline against batch. */
export function driftedColumns({ baseline, batch, violations }: DriftFiles): DriftedColumn[] {
  const found = (JSON.parse(violations) as { violations: Violation[] }).violations;
  const [titles = [], ...rows] = rowsOf(batch);
  const before = rowsOf(baseline);
  return [...new Set(found.map(({ feature_name }) => feature_name))].flatMap((name) => {
    const index = Number(/^_c(\d+)$/.exec(name)?.[1] ?? titles.indexOf(name));
    if (!(index in titles)) return [];
    const columns = { baseline: column(before, index), batch: column(rows, index) };
    const edges = edgesOf([...columns.baseline.values, ...columns.batch.values]);
    return {
      name,
      title: titles[index] ?? name,
      baseline: distribution(columns.baseline, edges),
      batch: distribution(columns.batch, edges),
      violations: found
        .filter(({ feature_name }) => feature_name === name)
        .map(({ constraint_check_type: check, description }) => ({ check, description })),
    };
  });
}

interface Column {
  readonly values: readonly number[];
  readonly missing: number;
}

function column(rows: readonly string[][], index: number): Column {
  const values = rows.flatMap((row) => numberIn(row[index]) ?? []);
  return { values, missing: rows.length - values.length };
}

/** Bounds of buckets of one width that hold all values: one for each of a few whole numbers. */
function edgesOf(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (values.every(Number.isInteger) && high - low < 2 * bucketCount)
    return Array.from({ length: high - low + 2 }, (_, index) => low - 0.5 + index);
  const width = (high - low || 1) / bucketCount;
  return Array.from({ length: bucketCount + 1 }, (_, index) => low + index * width);
}

function distribution({ values, missing }: Column, edges: readonly number[]): ColumnDistribution {
  const buckets = edges.slice(0, -1).map((lower, index) => {
    const upper = edges[index + 1] ?? lower;
    const last = index === edges.length - 2;
    const count = values.filter((value) => value >= lower && (last || value < upper)).length;
    return { lower, upper, count };
  });
  return { present: values.length, missing, buckets };
}

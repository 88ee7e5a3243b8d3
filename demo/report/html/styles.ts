import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Markup } from "../text/markup";
import { roomStyles } from "./breakpoints";
import { dark, declarations, light } from "./palette";

const sheets = ["page.css", "tables.css", "charts.css", "figures.css", "print.css"];

/** The page's style sheet. Dark where the reader's system is, but never on paper. */
export function styles(): Markup {
  const parts = sheets.map((name) => readFileSync(join(__dirname, "styles", name), "utf8"));
  return new Markup(
    [
      `:root {\ncolor-scheme: light dark;\n${declarations(light)}\n}`,
      `@media screen and (prefers-color-scheme: dark) {\n:root {\n${declarations(dark)}\n}\n}`,
      ...parts,
      roomStyles(),
    ].join("\n"),
  );
}

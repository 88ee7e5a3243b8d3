import { markup, type Markup, type Part } from "../text/markup";
import type { DrillReport } from "../types";

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** How to read what follows. */
  readonly note?: Part;
}

/** A part of the page that the list of contents leads to. */
export const section = ({ id, title, note }: SectionProps, content: Part): Markup =>
  markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${note !== undefined && markup`<p class="how">${note}</p>`}
${content}
</section>
`;

/** Says what is missing, and where the drill ended if it did before its end. */
export type Absent = (what: string) => Markup;

export function absenceIn({ stages }: DrillReport): Absent {
  const failed = stages.find(({ status }) => status === "failed");
  const end = failed ? `: the drill ended at \u201C${failed.name}\u201D.` : ".";
  return (what) => missing(`${what}${end}`);
}

export const missing = (text: string): Markup => markup`<p class="missing">${text}</p>`;

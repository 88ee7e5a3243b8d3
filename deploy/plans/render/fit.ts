import { printable } from "./printable";
import { renderFold, renderSection, type Fold, type Section } from "./section";

/** GitHub takes comments of up to 65,536 characters; GitLab of a million. */
const longest = 60_000;

/** One section alone may not take all the room. In characters. */
const longestSection = 20_000;

/** What lines in place of what is left out may take. In characters. */
const reserve = 5_000;

/**
 * As much as a comment has room for, of every stack rather than of the first: long new values go first, policies last of
 * them, then the end of long sections, then sections. What is left out is named, with where to see it.
 */
export function fit(head: string, sections: readonly Section[]): string {
  const room = Math.max(0, longest - head.length - reserve);
  const without = foldsWithoutRoom(sections, room);
  const shortened = sections.map((section) => shorten(withoutFolds(section, without)));
  const taken: string[] = [];
  const left: Section[] = [];
  let free = room;
  for (const section of shortened) {
    const text = renderSection(section);
    if (text.length >= free) left.push(section);
    else {
      taken.push(text);
      free -= text.length + 1;
    }
  }
  return [head, ...taken, ...leftOut(left)].join("\n");
}

/** The longest values that there is no room for. */
function foldsWithoutRoom(sections: readonly Section[], room: number): Set<Fold> {
  const lengths = new Map(
    sections.flatMap(({ folds }) => folds).map((fold) => [fold, renderFold(fold).length] as const),
  );
  let length = sections.reduce((sum, section) => sum + renderSection(section).length, 0);
  const without = new Set<Fold>();
  for (const [fold, taken] of [...lengths].toSorted(leastWanted)) {
    if (length <= room) break;
    without.add(fold);
    length -= taken - lengthOfMention(fold);
  }
  return without;
}

const lengthOfMention = ({ name }: Fold): number => name.length + 200;

type Measured = readonly [fold: Fold, length: number];

/** Policies are left out last, and what is long first. */
const leastWanted = ([a, long]: Measured, [b, longer]: Measured): number =>
  Number(a.policy) - Number(b.policy) || longer - long;

function withoutFolds(section: Section, without: ReadonlySet<Fold>): Section {
  const left = section.folds.filter((fold) => without.has(fold));
  if (left.length === 0) return section;
  return {
    ...section,
    folds: section.folds.filter((fold) => !without.has(fold)),
    lines: [
      ...section.lines,
      `No room here for ${left.length} of these. Whole: ${section.whole}`,
      ...left.map(({ name }) => `    ${printable(name)}`),
    ],
  };
}

/** A section up to the last line that there is room for. */
function shorten(section: Section): Section {
  const { lines, whole } = section;
  let room = longestSection;
  const end = lines.findIndex((line) => (room -= line.length + 1) < 0);
  if (end === -1) return section;
  return {
    ...section,
    lines: [...lines.slice(0, end), `… and ${lines.length - end} lines more. Whole: ${whole}`],
  };
}

const mostNamed = 20;

function leftOut(sections: readonly Section[]): string[] {
  if (sections.length === 0) return [];
  const named = sections.slice(0, mostNamed).map(({ subject, whole }) => `${subject}: ${whole}`);
  const more = sections.length - named.length;
  const lines = [...named, ...(more > 0 ? [`and ${more} more`] : [])];
  return ["\nThere is no room here for", "", ...lines.map((line) => `- ${line}`)];
}

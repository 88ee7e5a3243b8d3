const empty = new Set(["meta"]);
const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>/gi;

/** What of a page's tags does not fit: brackets that belong to none, and elements that are not closed in order. */
export function tagProblems(html: string): string[] {
  const body = html.replace(/^<!doctype html>/, "").replace(/<style>[\s\S]*?<\/style>/, "");
  const stray = /.{0,30}[<>].{0,30}/.exec(body.replace(tag, ""));
  const open: string[] = [];
  const unmatched = [...body.matchAll(tag)].flatMap(([text, closing, name = "", , selfClosing]) => {
    if (closing) return open.pop() === name ? [] : [text];
    if (!selfClosing && !empty.has(name)) open.push(name);
    return [];
  });
  return [...(stray ? [stray[0]] : []), ...unmatched, ...open];
}

/** Values of an attribute, in the order of the page. */
export const attribute = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value = ""]) => value);

/** Text of the elements of a name, without tags. */
export const texts = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g"))].map(([, inner = ""]) =>
    inner.replace(/<[^>]*>/g, "").trim(),
  );

/** The section of an id. */
export function sectionOf(html: string, id: string): string {
  const begin = html.indexOf(`<section id="${id}"`);
  return begin < 0 ? "" : html.slice(begin, html.indexOf("</section>", begin));
}

/** The fenced texts of a Markdown document, as GitHub reads fences: to the next line of as many backticks. */
export function fenced(markdown: string): string[] {
  const texts: string[] = [];
  let open: { fence: string; lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    if (open && /^ {0,3}`+\s*$/.test(line) && line.trim().length >= open.fence.length) {
      texts.push(open.lines.join("\n"));
      open = undefined;
    } else if (open) open.lines.push(line);
    else {
      const fence = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1];
      if (fence !== undefined) open = { fence, lines: [] };
    }
  }
  expect(open).toBeUndefined();
  return texts;
}

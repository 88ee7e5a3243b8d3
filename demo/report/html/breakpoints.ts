/** Widths in pixels from which on a graph that needs no more goes from left to right. */
const breakpoints = Array.from({ length: 20 }, (_, step) => 440 + 40 * step);

/** Class of a graph of a width. */
export const breakpointClass = (width: number): string =>
  `from-${breakpoints.find((room) => room >= width) ?? "never"}`;

/** Shows a graph from left to right where its container has room. */
export const roomStyles = (): string =>
  breakpoints
    .map((room) => {
      const graph = `.from-${room}`;
      return `@container (min-width: ${room}px) {\n${graph} > .across { display: block; }\n${graph} > .down { display: none; }\n}`;
    })
    .join("\n");

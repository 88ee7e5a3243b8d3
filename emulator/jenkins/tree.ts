/**
 * Leaves of an exported bean what the query's `tree` names, such as `builds[number,actions[parameters[name]]]{0,50}`.
 * https://www.jenkins.io/doc/book/using/remote-access-api/
 * @throws Error where the text is no tree
 */
export function pruned(bean: unknown, tree: string): unknown {
  const parser = { text: tree, at: 0 };
  const names = parseNames(parser);
  if (parser.at < tree.length) throw new Error(`no tree: ${tree}`);
  return keep(bean, names);
}

interface Parser {
  readonly text: string;
  at: number;
}

interface Name {
  readonly name: string;
  readonly below: readonly Name[] | undefined;
  readonly range: readonly [from: number, to: number] | undefined;
}

function parseNames(parser: Parser): Name[] {
  const names: Name[] = [];
  do {
    const [name = ""] = /^\w+|^\*/.exec(parser.text.slice(parser.at)) ?? [];
    if (name === "") throw new Error(`no tree: ${parser.text}`);
    parser.at += name.length;
    names.push({ name, below: parseBelow(parser), range: parseRange(parser) });
  } while (took(parser, ","));
  return names;
}

function parseBelow(parser: Parser): Name[] | undefined {
  if (!took(parser, "[")) return undefined;
  const names = parseNames(parser);
  if (!took(parser, "]")) throw new Error(`no tree: ${parser.text}`);
  return names;
}

function parseRange(parser: Parser): Name["range"] {
  const [whole, from = "", to = ""] = /^\{(\d*),(\d*)\}/.exec(parser.text.slice(parser.at)) ?? [];
  if (whole === undefined) return undefined;
  parser.at += whole.length;
  return [Number(from), to === "" ? Infinity : Number(to)];
}

function took(parser: Parser, character: string): boolean {
  if (parser.text[parser.at] !== character) return false;
  parser.at += 1;
  return true;
}

function keep(bean: unknown, names: readonly Name[]): unknown {
  if (Array.isArray(bean)) return bean.map((each) => keep(each, names));
  if (typeof bean !== "object" || bean === null) return bean;
  const wanted = names.some(({ name }) => name === "*")
    ? Object.keys(bean).map((name): Name => ({ name, below: undefined, range: undefined }))
    : names;
  const kept = wanted.filter(({ name }) => name in bean);
  return Object.fromEntries([
    ...Object.entries(bean).filter(([name]) => name === "_class"),
    ...kept.map(({ name, below, range }) => {
      const value = within((bean as Record<string, unknown>)[name], range);
      return [name, below ? keep(value, below) : shallow(value)];
    }),
  ]) as unknown;
}

const within = (value: unknown, range: Name["range"]): unknown =>
  Array.isArray(value) && range ? value.slice(...range) : value;

/** Of beans within, whose names nobody asked for, only what they are. */
function shallow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shallow);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name === "_class"));
}

import { parseTree, ParseErrorCode, visit, type Node, type ParseError } from "jsonc-parser";

/** A mistake in the JSON itself. */
export interface SyntaxMistake {
  readonly offset: number;
  readonly path: readonly string[];
  readonly message: string;
}

/** JSON text as a tree that knows where everything is. */
export interface JsonTree {
  /** Undefined where the text is too broken to say what it means. */
  readonly root: Node | undefined;
  readonly mistakes: readonly SyntaxMistake[];
}

const whatIsWrong: Readonly<Partial<Record<ParseErrorCode, string>>> = {
  [ParseErrorCode.InvalidSymbol]: "this is neither a JSON value nor text in double quotes",
  [ParseErrorCode.InvalidNumberFormat]: "this is no JSON number",
  [ParseErrorCode.PropertyNameExpected]: "a key in double quotes is missing here",
  [ParseErrorCode.ValueExpected]: "a value is missing here",
  [ParseErrorCode.ColonExpected]: "a colon is missing before this",
  [ParseErrorCode.CommaExpected]: "a comma is missing before this",
  [ParseErrorCode.CloseBraceExpected]: "a closing } is missing",
  [ParseErrorCode.CloseBracketExpected]: "a closing ] is missing",
  [ParseErrorCode.EndOfFileExpected]: "nothing may follow the object",
  [ParseErrorCode.InvalidCommentToken]: "comments are not allowed",
  [ParseErrorCode.UnexpectedEndOfComment]: "comments are not allowed",
  [ParseErrorCode.UnexpectedEndOfString]: "the closing quote is missing",
  [ParseErrorCode.UnexpectedEndOfNumber]: "this is no JSON number",
};

/** What is missing where another bracket closes instead of a comma. */
const unclosedBefore: Readonly<Record<string, string>> = {
  "}": "a closing ] is missing before this",
  "]": "a closing } is missing before this",
};

const wrongText = "this text has a character or escape that JSON does not allow";

/**
 * Reads strict JSON. Comments, trailing commas and repeated keys are mistakes that leave the meaning clear, so the tree
 * can still be checked (with the first of repeated keys); of other mistakes the first is reported and there is no tree.
 */
export function parseJson(text: string): JsonTree {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: true });
  const comments = errors.filter(({ error }) => error === ParseErrorCode.InvalidCommentToken);
  const fatal = errors.filter((error) => !comments.includes(error)).slice(0, 1);
  const mistakes = [...comments, ...fatal].map((error) => syntaxMistake(text, error));
  if (fatal.length > 0 || !root) return { root: undefined, mistakes };
  return { root, mistakes: [...mistakes, ...trailingCommas(text), ...dropRepeatedKeys(root, [])] };
}

function syntaxMistake(text: string, { error, offset }: ParseError): SyntaxMistake {
  const unclosed = error === ParseErrorCode.CommaExpected ? unclosedBefore[text.charAt(offset)] : undefined;
  const what = unclosed ?? whatIsWrong[error];
  return { offset, path: [], message: `must be valid JSON: ${what ?? wrongText}` };
}

function trailingCommas(text: string): SyntaxMistake[] {
  const offsets: number[] = [];
  let comma: number | undefined;
  const clear = (): void => {
    comma = undefined;
  };
  const close = (): void => {
    if (comma !== undefined) offsets.push(comma);
    clear();
  };
  visit(
    text,
    {
      onSeparator: (character, offset) => {
        comma = character === "," ? offset : undefined;
      },
      onObjectProperty: clear,
      onLiteralValue: clear,
      onObjectBegin: clear,
      onArrayBegin: clear,
      onObjectEnd: close,
      onArrayEnd: close,
    },
    { allowTrailingComma: true },
  );
  const message = "must be valid JSON: no comma may follow the last entry";
  return offsets.map((offset) => ({ offset, path: [], message }));
}

/** Takes every key but the first of its name out of the tree, and says where they were. */
function dropRepeatedKeys(node: Node, path: readonly string[]): SyntaxMistake[] {
  const seen = new Set<string>();
  const repeated: SyntaxMistake[] = [];
  const kept = (node.children ?? []).filter((child) => {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (!key) return true;
    const name = key.value as string;
    if (seen.has(name))
      repeated.push({ offset: key.offset, path: [...path, name], message: "must not stand twice" });
    return !seen.has(name) && seen.add(name);
  });
  node.children?.splice(0, Infinity, ...kept);
  return [...repeated, ...kept.flatMap((child) => dropRepeatedKeys(child, below(path, child)))];
}

const below = (path: readonly string[], child: Node): readonly string[] =>
  child.type === "property" ? [...path, String(child.children?.[0]?.value)] : path;

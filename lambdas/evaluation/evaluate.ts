/** What predictions of held-out rows are worth. */
export interface Evaluation {
  readonly rows: number;
  /** The share that is right. */
  readonly accuracy: number;
  /** How many of each label were taken for which. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** A few rows, the wrong ones first: line, label and prediction. */
  readonly examples: readonly (readonly [line: number, label: string, predicted: string])[];
}

const examples = 8;

/**
 * Compares predictions, as batch transform writes them, with labels, line by line: the first cell of each.
 * @throws Error where there is not one prediction for each of at least one row
 */
export function evaluate(predictions: string, labels: string): Evaluation {
  const [predicted, known] = [predictions, labels].map(firstCells) as [string[], string[]];
  if (known.length === 0 || predicted.length !== known.length)
    throw new Error(
      `there must be one prediction for each of at least one row, got: ${predicted.length} for ${known.length}`,
    );
  const pairs = known.map((label, at) => [at + 1, label, predicted[at] ?? ""] as const);
  const wrong = pairs.filter(([, label, guess]) => label !== guess);
  const right = pairs.filter(([, label, guess]) => label === guess);
  return {
    rows: pairs.length,
    accuracy: right.length / pairs.length,
    confusion: confusionOf(pairs),
    examples: [...wrong, ...right].slice(0, examples),
  };
}

function confusionOf(pairs: Evaluation["examples"]): Evaluation["confusion"] {
  const names = [...new Set(pairs.flatMap(([, label, guess]) => [label, guess]))].toSorted();
  const count = (label: string, guess: string) =>
    pairs.filter(([, one, other]) => one === label && other === guess).length;
  return Object.fromEntries(
    names.map((label) => [label, Object.fromEntries(names.map((guess) => [guess, count(label, guess)]))]),
  );
}

const firstCells = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => line.split(",")[0]?.trim() ?? "");

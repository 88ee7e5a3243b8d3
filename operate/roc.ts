/**
 * Area under the ROC curve of scores, by midranks: how often a row of label 1 scores above one of label 0.
 * @throws Error unless both labels are there
 */
export function areaUnderRoc(labels: readonly number[], scores: readonly number[]): number {
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) throw new Error("AUC needs rows of label 0 and of label 1");
  const ranked = labels
    .map((label, row) => ({ label, score: scores[row] ?? Number.NaN }))
    .toSorted((one, other) => one.score - other.score);
  let ranks = 0;
  for (let first = 0, next; first < ranked.length; first = next) {
    next = first + 1;
    while (next < ranked.length && ranked[next]?.score === ranked[first]?.score) next += 1;
    const ofTies = ranked.slice(first, next).filter(({ label }) => label === 1).length;
    ranks += (ofTies * (first + next + 1)) / 2;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** What stands in a definition that the code makes for the key behind an alias, whose id AWS generates (`core/arns.ts`). */
const standIn = /arn:[\w-]+:kms:[\w-]+:\d{12}:key\/<[^>]+>/;

/**
 * A deployed definition with that in place of the key of the account that it names most often: only AWS knows which key is
 * behind the alias. A second key stays, and is a difference.
 * @param made the definition that the code makes
 */
export function withoutKeyId(deployed: string, made: string): string {
  const [wanted] = standIn.exec(made) ?? [];
  if (wanted === undefined) return deployed;
  const start = wanted.slice(0, wanted.indexOf("<"));
  const keys = [...deployed.matchAll(/arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+/g)]
    .map(([key]) => key)
    .filter((key) => key.startsWith(start));
  const times = (key: string) => keys.filter((each) => each === key).length;
  const [most] = [...new Set(keys)].toSorted((a, b) => times(b) - times(a));
  return most === undefined ? deployed : deployed.replaceAll(most, wanted);
}

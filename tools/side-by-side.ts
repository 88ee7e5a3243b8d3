/**
 * Waits for all of them, and only then fails with the first that failed: nothing goes on behind a failure.
 * @throws what the first of them failed of
 */
export async function sideBySide<Results extends readonly unknown[]>(
  ...work: { readonly [At in keyof Results]: Promise<Results[At]> }
): Promise<Results> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

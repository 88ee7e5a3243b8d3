/**
 * Waits for all, as Promise.all does, but also where one fails: nothing goes on behind the back of who handles that.
 * @throws whatever the first of them, in their order, failed of
 */
export async function allSettledOrThrow<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

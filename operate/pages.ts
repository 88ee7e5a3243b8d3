/**
 * The items of a paginated answer, page after page.
 * @param limit how many at most; no page beyond it is asked for
 */
export async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  limit = Infinity,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
    if (items.length >= limit) return items.slice(0, limit);
  }
  return items;
}

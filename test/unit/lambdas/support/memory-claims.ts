import type { Claim, Claims } from "../../../../lambdas/release-trigger/claims";

interface Row {
  readonly state: "free" | "claimed" | "started";
  readonly until: number;
  readonly since?: Date | undefined;
  readonly place?: string;
}

/** Claims as the table keeps them. */
export class MemoryClaims implements Claims {
  private readonly rows = new Map<string, Row>();

  take(id: string, milliseconds: number): Promise<Claim> {
    const row = this.rows.get(id);
    const now = Date.now();
    if (row?.state === "started") return Promise.resolve({ kind: "started", where: row.place ?? "" });
    if (row?.state === "claimed" && row.until > now) return Promise.resolve({ kind: "busy" });
    const since = row?.since ?? new Date(now);
    this.rows.set(id, { state: "claimed", until: now + milliseconds, since });
    return Promise.resolve({ kind: "taken", ...(row?.state === "claimed" && { unsureSince: since }) });
  }

  settle(id: string, place: string): Promise<void> {
    this.rows.set(id, { state: "started", until: 0, place });
    return Promise.resolve();
  }

  give(id: string, unsure: boolean): Promise<void> {
    const since = this.rows.get(id)?.since;
    this.rows.set(id, unsure ? { state: "claimed", until: 0, since } : { state: "free", until: 0 });
    return Promise.resolve();
  }
}

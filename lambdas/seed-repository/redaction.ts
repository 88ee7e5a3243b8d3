/** Texts that no message may have. */
export class Redaction {
  private readonly secrets = new Set<string>();

  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets)
      if (secret !== undefined && secret !== "") this.secrets.add(secret).add(encodeURIComponent(secret));
  }

  /** The text without them, without the signatures of addresses, and without what stands before an @ in them. */
  apply(text: string): string {
    let clean = text;
    for (const secret of this.secrets) clean = clean.replaceAll(secret, "***");
    return clean
      .replaceAll(/(https?:\/\/[^\s?"']+)\?[^\s"']+/g, "$1?***")
      .replaceAll(/(https?:\/\/)[^\s/@"']+@/g, "$1***@");
  }
}

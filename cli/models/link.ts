/** Hosts of the console, by the start of the regions' names. https://docs.aws.amazon.com/general/latest/gr/rande.html */
const consoles: readonly (readonly [prefix: string, host: string])[] = [
  ["cn-", "console.amazonaws.cn"],
  ["us-gov-", "console.amazonaws-us-gov.com"],
  ["", "console.aws.amazon.com"],
];

/**
 * Where the AWS console shows an object to whoever is signed in to its account.
 * @param uri `s3://bucket/key`
 */
export function linkToObject(region: string, uri: string | undefined): string | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri ?? "") ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  const host = consoles.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "";
  const query = new URLSearchParams({ region, prefix: key });
  return `https://${region}.${host}/s3/object/${bucket}?${query.toString()}`;
}

/** Bits by which a subnet's block is smaller than its network's: one block for each zone from a to h. */
const bitsOfZone = 3;

/**
 * The block of a zone's subnet: the letter alone says which, so that zones that are added later move none.
 * @param cidr of the network, of 24 bits at most
 */
export function subnetBlock(cidr: string, zone: string): string {
  const [address = "", bits = ""] = cidr.split("/");
  const size = Number(bits) + bitsOfZone;
  const at = zone.charCodeAt(0) - "a".charCodeAt(0);
  const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) + at * 2 ** (32 - size);
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${parts.join(".")}/${size}`;
}

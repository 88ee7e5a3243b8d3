/** What the caller's variables say of the network cannot be used, or their proxy does not connect. */
export class NetworkError extends Error {
  /** As Node.js names what is wrong with a network. */
  readonly code = "ENETWORK";
}

const notConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "ECONNRESET",
  "ENETWORK", // of the caller's own settings
]);

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const notTrusted = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Why AWS was not reached: nobody answered, or somebody without a certificate that is trusted here. */
export type NetworkFault = "no answer" | "no trust";

/** @returns nothing where AWS itself answered */
export function networkFault({ code = "" }: { readonly code?: string }): NetworkFault | undefined {
  if (notConnected.has(code)) return "no answer";
  return notTrusted.has(code) ? "no trust" : undefined;
}

/** As where a company looks into what its machines send. */
export const trustRemedy = "set AWS_CA_BUNDLE to a file with your company's certificates";

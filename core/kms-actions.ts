/** What a principal needs to encrypt and decrypt with a key. */
export const useActions = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];

/** What a principal needs to read what another account encrypted, and no more. */
export const readActions = ["kms:Decrypt", "kms:DescribeKey"];

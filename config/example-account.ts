/** Ids of one digit repeated: AWS gives nobody such a one. */
export const isExampleAccount = (account: string): boolean => /^(\d)\1{11}$/.test(account);

/** By what a person is found: two spellings of one address that differ in case, or in how signs are composed, are one. */
export function emailKey(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

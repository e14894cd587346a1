/** 'ada@example.org' → 'a•••@example.org': enough to tell people apart for those who have no business with the address. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return `${at > 0 ? first : ''}•••${email.slice(Math.max(at, 0))}`
}

/** 'ada@example.org' → 'a•••@example.org': enough to tell people apart for those who have no business with the address. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 0) return '•••'
  const [first = ''] = email.slice(0, at)
  return `${first}•••${email.slice(at)}`
}

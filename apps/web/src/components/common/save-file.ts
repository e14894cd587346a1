/** A table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: string | number): string {
  const text = String(value)
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Hands a text to the browser's downloads. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  savePicture(name, address)
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Hands a data address to the browser's downloads. */
export function savePicture(name: string, address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name.replace(/[^\p{L}\p{N}. -]+/gu, '-')
  link.click()
}

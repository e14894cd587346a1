/** The address of a place narrowed to an instrument, with what the view carries along. */
export function ofInstrument(search: string, instrumentId: string): string {
  const parts = new URLSearchParams(search)
  parts.set('instrument', instrumentId)
  return `?${parts}`
}

/** Files dropped elsewhere, on their way to the import page. They cannot travel in the address or the store. */
let waiting: readonly File[] = []

export function handOver(files: readonly File[]): void {
  waiting = files
}

/** Takes what was handed over; a second call finds nothing. */
export function takeOver(): readonly File[] {
  const files = waiting
  waiting = []
  return files
}

/** A file that is a whole book of PortfolioEngine, and of when it says it is. */
export interface WholeBook {
  readonly file: File
  /** The day of its export. */
  readonly day: string
}

/** The head of a whole book, which is written first: format, version, moment. */
const head = /^\uFEFF?\s*\{\s*"format"\s*:\s*"portfolioengine-book"\s*,\s*"version"\s*:\s*\d+\s*,\s*"exportedAt"\s*:\s*"(\d{4}-\d\d-\d\d)T/

/** What a file is, is seen from how it begins, not from its name; null for any other file. */
export async function wholeBookIn(file: File): Promise<WholeBook | null> {
  const day = head.exec(await file.slice(0, 400).text())?.[1]
  return day === undefined ? null : { file, day }
}
